// Programs that tests use as oracles and peers, from Debian. Installed where that may be done (Debian, root); elsewhere the
// tests that need one say so and skip, and with CI=true a missing one is a failure.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Program → the Debian package that brings it. */
const PROGRAMS = {
  '/usr/bin/tmux': 'tmux',
  '/usr/bin/chromium': 'chromium',
  '/usr/bin/prometheus': 'prometheus',
  '/usr/bin/promtool': 'prometheus',
  '/usr/bin/prometheus-alertmanager': 'prometheus-alertmanager',
  '/usr/lib/python3/dist-packages/psutil': 'python3-psutil',
  '/usr/lib/python3/dist-packages/prometheus_client': 'python3-prometheus-client',
};

export function installSystemPrograms() {
  const missing = Object.keys(PROGRAMS).filter((path) => !existsSync(path));
  if (missing.length === 0) return;
  const packages = [...new Set(missing.map((path) => PROGRAMS[path]))];
  if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) {
    console.error(
      `plimsoll: tests that need these will be skipped: ${packages.join(', ')} (apt-get install them)`,
    );
    return;
  }
  console.error(`plimsoll: installing test programs: ${packages.join(', ')}`);
  const apt = (...args) =>
    spawnSync('apt-get', args, {
      stdio: ['ignore', 2, 2],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}
