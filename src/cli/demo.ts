// `plimsoll demo`: starts the leaking service with the monitor inside, as `node --import plimsoll/register` would, and says
// where to look.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Settings } from '../config/index.ts';
import { defineCommand, EXIT, type Io } from './command.ts';
import { commandSettings, settingsOptions } from './settings-options.ts';

/** Everything faster than by default: the leak lasts for some four minutes, and before it ends the verdict is there and the alert too. */
const DEMO_ENVIRONMENT = {
  MONITORING_TRACEMALLOC_ENABLED: 'true',
  MONITORING_SAMPLE_INTERVAL: '0.2',
  MONITORING_TRACEMALLOC_INTERVAL: '10',
  HEALTH_CHECK_INTERVAL: '5',
  HEALTH_CHECK_COOLDOWN: '1',
} as const;

export const command = defineCommand({
  usage: 'demo [options]',
  details:
    'It grows by about 18 MiB a minute. It stops growing at a quarter of a GiB, or at a tenth of what is available if that is less.',
  options: { host: settingsOptions.host, port: settingsOptions.port },
  async run({ options }, io) {
    const { settings } = commandSettings(options, io.env);
    const port = await freePort(settings);
    const service = startService({
      ...DEMO_ENVIRONMENT,
      ...io.env,
      MONITORING_HOST: settings.host,
      MONITORING_PORT: String(port),
    });
    io.stdout.write(whereToLook(settings.host, port));
    return untilEnd(service, io);
  },
});

/** The port of the settings, or another one where that is taken: an agent may be running beside the demonstration. */
async function freePort({ host, port }: Settings): Promise<number> {
  return (await tryPort(host, port)) ?? (await tryPort(host, 0)) ?? port;
}

async function tryPort(host: string, port: number): Promise<number | undefined> {
  const server = createServer();
  try {
    server.listen(port, host);
    await once(server, 'listening');
    const address = server.address();
    return typeof address === 'object' ? address?.port : undefined;
  } catch {
    return undefined;
  } finally {
    server.close();
  }
}

function startService(environment: NodeJS.ProcessEnv): ChildProcess {
  const register = beside('../register').href;
  return spawn(process.execPath, ['--import', register, fileURLToPath(beside('./demo/service'))], {
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
}

/** A module by its path without extension: `.ts` in a checkout, `.js` once built. */
function beside(path: string): URL {
  return new URL(path + extname(fileURLToPath(import.meta.url)), import.meta.url);
}

function whereToLook(host: string, port: number): string {
  const base = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return `A shop that remembers every order it ever took, with the monitor inside. Within
three minutes the dashboard calls it a leak and names the function. Look at
  ${base}/                              the dashboard
  ${base}/api/monitoring/memory-leaks   what grows, and where
  ${base}/metrics                       the same for Prometheus
Ctrl-C ends it.
`;
}

/** Passes termination on and answers once the service has ended: well when it was told to, or by itself without an error. */
async function untilEnd(service: ChildProcess, io: Io): Promise<number> {
  let told = false;
  const release = (['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) =>
    io.onSignal(signal, () => {
      told = true;
      service.kill(signal);
    }),
  );
  const [code] = await once(service, 'exit');
  for (const stop of release) stop();
  return told || code === 0 ? EXIT.ok : EXIT.failure;
}
