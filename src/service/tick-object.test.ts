import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';

const COLLECTIONS = 6;

/** Makes ticks, collects while there are none, and makes ticks again. */
const PROGRAM = `
import { setTimeout as wait } from 'node:timers/promises';
import { createTickHold } from ${JSON.stringify(new URL('tick-object.ts', import.meta.url).href)};

const ticks = () => new Promise((resolve) => {
  let left = 20_000;
  const step = () => (--left > 0 ? process.nextTick(step) : resolve());
  step();
});

const hold = createTickHold(process.argv[1]);
hold();
await ticks();
for (let left = ${COLLECTIONS}; left > 0; left -= 1) {
  await wait(10);
  gc();
}
await ticks();
hold();
`;

describe('holding a tick object', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-ticks-'));
  after(() => rmSync(folder, { recursive: true }));

  /** The hidden classes in which Node.js met the objects of its ticks: V8 logs a property's reading whenever it learns something. */
  function classesMet(nodeVersion: string): ReadonlySet<string | undefined> {
    const log = join(folder, `${nodeVersion}.log`);
    const flags = ['--expose-gc', '--log-ic', `--logfile=${log}`, '--no-logfile-per-isolate'];
    execFileSync(process.execPath, [...flags, '--input-type=module', '--eval', PROGRAM, nodeVersion]);
    const lines = readFileSync(log, 'latin1').split('\n');
    const readings = lines.filter((line) => line.startsWith('LoadIC,') && line.includes(',callback,'));
    return new Set(readings.map((line) => /,(0x[0-9a-f]+),callback,/.exec(line)?.[1]));
  }

  it('keeps their hidden class through collections', () => {
    for (const version of ['22.18.0', '25.9.0']) assert.equal(classesMet(version).size, 1, version);
  });

  it('is not done where a new one is as quick', () => {
    assert.equal(classesMet('26.0.0').size, 2);
  });
});
