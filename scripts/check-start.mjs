// The README's first command, as a stranger runs it: a fresh clone of what is committed, the machine's own Node.js, `npm start`
// twice. The first installs and builds, the second does neither.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-start-'));
const clone = join(folder, 'plimsoll');

/** Not this checkout's pinned Node.js: whatever the machine has. */
const PATH = (process.env.PATH ?? '')
  .split(delimiter)
  .filter((entry) => !entry.includes('node_modules'))
  .join(delimiter);

const LINE = /Plimsoll watches \S+: (http:\/\/\S+)/;

async function start() {
  const child = spawn('npm', ['start', '--', '--port', '0', '--data', join(folder, 'data')], {
    cwd: clone,
    env: { ...cleanEnvironment(), PATH },
    detached: true,
  });
  let text = '';
  const url = await new Promise((resolve, reject) => {
    const read = (chunk) => {
      text += chunk;
      const match = LINE.exec(text);
      if (match) resolve(match[1]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`npm start ended with ${code}:\n${text}`)));
  });
  return { child, url, text: () => text };
}

/** npm hands its own settings down; a stranger's shell has none of them. */
function cleanEnvironment() {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
}

async function stop({ child }) {
  process.kill(-child.pid, 'SIGTERM');
  await once(child, 'exit');
}

try {
  execFileSync('git', ['clone', '--quiet', root, clone]);
  const first = await start();
  assert.match(first.text(), /installing dependencies[\s\S]*building/);
  const { data } = await (await fetch(`${first.url}/healthz`)).json();
  assert.equal(data.status, 'alive');
  const page = await fetch(first.url);
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^text\/html/);
  await stop(first);
  const second = await start();
  assert.doesNotMatch(second.text(), /installing|building/);
  await stop(second);
  console.log(
    `npm start: installed, built and served on Node.js ${execFileSync('node', ['--version'], { env: { PATH } })}`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
