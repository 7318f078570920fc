// What a user of the package gets, checked from outside: packs it, lints it, installs the tarball into an empty project, starts
// the agent there, preloads the monitor, and compiles against the types. Needs the pinned node first on PATH.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const START_TIMEOUT_MS = 60_000;

/** Runs to the end, with its output on ours; answers stdout. Throws when it fails. */
function run(cwd, command, ...args) {
  const { status, stdout, error } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}:\n${stdout}`);
  return stdout;
}

function pack(folder) {
  const [packed] = Object.values(
    JSON.parse(run(root, 'npm', 'pack', '--json', '--pack-destination', folder)),
  );
  const strays = packed.files.map(({ path }) => path).filter((path) => /\.test\.|(?<!\.d)\.ts$/.test(path));
  // promtool's tests of the rules ship with them: they are their documentation.
  const unexpected = strays.filter((path) => !path.endsWith('rules.test.yml'));
  if (unexpected.length > 0) throw new Error(`not for users: ${unexpected.join(', ')}`);
  return join(folder, packed.filename);
}

function installInto(project, tarball) {
  mkdirSync(project);
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }\n');
  run(project, 'npm', 'i', '--no-audit', '--no-fund', tarball);
}

/** The agent in a process group of its own, so that npx and what it starts end together. */
async function checkAgent(project) {
  const agent = spawn('npx', ['plimsoll', 'agent', '--port', '0', '--no-store'], {
    cwd: project,
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await urlOf(agent);
    await checkAnswer(new URL('healthz', url), /./);
    await checkAnswer(new URL('metrics', url), /^vertex_ar_memory_usage_percent\{type="virtual"\} [\d.]+$/m);
  } finally {
    process.kill(-agent.pid, 'SIGTERM');
  }
}

async function urlOf(agent) {
  const timer = setTimeout(
    () => agent.stdout.destroy(new Error('the agent did not start')),
    START_TIMEOUT_MS,
  );
  try {
    for await (const line of createInterface({ input: agent.stdout })) {
      const [url] = line.match(/http:\/\/\S+/) ?? [];
      if (url) return url;
    }
  } finally {
    clearTimeout(timer);
  }
  throw new Error('the agent ended without saying where it listens');
}

async function checkAnswer(url, expected) {
  const response = await fetch(url);
  const text = await response.text();
  if (!response.ok || !expected.test(text)) throw new Error(`${url} answered ${response.status}: ${text}`);
}

const CONSUMER = `
import { SystemMonitor, startMonitor } from 'plimsoll';
import 'plimsoll/register';
import * as otel from 'plimsoll/otel';

const monitor: SystemMonitor = await startMonitor({ memoryThreshold: 85 });
const percent: number | undefined = (await monitor.getMemoryUsage())?.virtual.percent;
export { otel, percent };
await monitor.stop();
`;

function checkTypes(project) {
  writeFileSync(join(project, 'consumer.ts'), CONSUMER);
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const typeRoots = join(root, 'node_modules', '@types');
  const options = ['--noEmit', '--strict', '--target', 'es2024', '--module', 'nodenext'];
  run(
    project,
    'node',
    tsc,
    ...options,
    '--skipLibCheck',
    '--typeRoots',
    typeRoots,
    '--types',
    'node',
    'consumer.ts',
  );
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-package-'));
try {
  const tarball = pack(folder);
  run(root, 'publint', 'run', tarball, '--strict');
  const project = join(folder, 'project');
  installInto(project, tarball);
  await checkAgent(project);
  run(project, 'node', '--import', 'plimsoll/register', '-e', '0');
  checkTypes(project);
  console.log('the package installs, starts, preloads and compiles');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
