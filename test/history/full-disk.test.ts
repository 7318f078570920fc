// A disk that is really full, and one that is really read-only: a small tmpfs, where the machine lets us mount one.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { History } from '../../src/history/index.ts';
import { incident, NOON, openHistory, processSample, recordAt, temporaryFolder } from './records.ts';

const SIZE_BYTES = 2 * 1024 ** 2;
const RANGE = { fromSeconds: NOON, toSeconds: NOON + 86_400, maxPoints: 100_000 };

function run(program: string, ...args: readonly string[]): { ok: boolean; said: string } {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return { ok: status === 0, said: String(stderr ?? 'cannot be started').trim() };
}

/** Undefined, and the test skipped, where mounting is not allowed; with CI=true that is a failure. */
function smallFileSystem(t: TestContext): string | undefined {
  let mountedAt: string | undefined;
  // Before the folder is removed.
  t.after(() => mountedAt && run('umount', '--lazy', mountedAt));
  const folder = temporaryFolder(t);
  const mounted = run('mount', '-t', 'tmpfs', '-o', `size=${SIZE_BYTES}`, 'tmpfs', folder);
  if (mounted.ok) {
    mountedAt = folder;
    return folder;
  }
  assert.notEqual(process.env.CI, 'true', `no tmpfs in CI: ${mounted.said}`);
  t.skip(`a tmpfs cannot be mounted here: ${mounted.said}`);
  return undefined;
}

/** Processes with long names, so that two megabytes are full soon. */
function record(history: History, sequence: number): void {
  const processes = Array.from({ length: 20 }, (_, pid) =>
    processSample({ pid: pid + 1, startTicks: sequence, command: 'x'.repeat(1000) }),
  );
  history.record(recordAt(NOON + sequence, processes, sequence * 1024));
}

function recorded(history: History): readonly number[] {
  return history.hostSeries('memory_used', RANGE).points.map(({ last }) => last / 1024);
}

const upTo = (count: number) => Array.from({ length: count }, (_, sequence) => sequence);

describe('a store on a file system of 2 MiB', () => {
  it('degrades when it is full and recovers when there is room', (t) => {
    const folder = smallFileSystem(t);
    if (folder === undefined) return;
    const ballast = join(folder, 'ballast');
    writeFileSync(ballast, Buffer.alloc(SIZE_BYTES / 2, 1));
    const told: string[] = [];
    const history = openHistory(folder, { log: (_level, event) => told.push(event) });
    t.after(() => history.close());

    let count = 0;
    for (; history.state().kind === 'disk' && count < 1000; count += 1) record(history, count);
    assert.equal(history.state().kind, 'degraded', 'the file system became full');
    for (const end = count + 20; count < end; count += 1) {
      record(history, count);
      history.maintain(NOON + count);
    }
    history.saveIncident(incident());
    assert.deepEqual(recorded(history), upTo(count));
    history.maintain(NOON + count + 60);
    assert.equal(history.state().kind, 'degraded', 'still full');
    assert.deepEqual(recorded(history), upTo(count));

    rmSync(ballast);
    history.maintain(NOON + count + 120);
    assert.equal(history.state().kind, 'disk');
    history.close();
    const again = openHistory(folder);
    t.after(() => again.close());
    assert.deepEqual(recorded(again), upTo(count));
    assert.deepEqual(again.incidents(0), [incident()]);
    assert.deepEqual(told, ['store cannot be written, keeping what is new in memory', 'store works again']);
  });

  it('opens in memory when there is no room for it at all, and moves in later', (t) => {
    const folder = smallFileSystem(t);
    if (folder === undefined) return;
    const ballast = join(folder, 'ballast');
    const half = Buffer.alloc(SIZE_BYTES / 2, 1);
    writeFileSync(ballast, half);
    assert.throws(() => writeFileSync(join(folder, 'rest'), Buffer.alloc(SIZE_BYTES, 1)), { code: 'ENOSPC' });
    const history = openHistory(folder);
    t.after(() => history.close());
    assert.equal(history.state().kind, 'degraded');
    record(history, 0);
    assert.deepEqual(recorded(history), [0]);
    for (const name of ['ballast', 'rest']) rmSync(join(folder, name));
    history.maintain(NOON + 60);
    assert.equal(history.state().kind, 'disk');
    assert.deepEqual(recorded(history), [0]);
  });

  it('is kept in memory while it is read-only', (t) => {
    const folder = smallFileSystem(t);
    if (folder === undefined) return;
    const before = openHistory(folder);
    record(before, 0);
    before.close();
    assert.ok(run('mount', '-o', 'remount,ro', folder).ok);
    const history = openHistory(folder);
    t.after(() => history.close());
    assert.equal(history.state().kind, 'degraded');
    record(history, 1);
    history.maintain(NOON + 31);
    assert.equal(history.state().kind, 'degraded');
    assert.deepEqual(recorded(history).slice(-1), [1]);
    assert.ok(run('mount', '-o', 'remount,rw', folder).ok);
    history.maintain(NOON + 90);
    assert.equal(history.state().kind, 'disk');
    assert.deepEqual(recorded(history), [0, 1]);
  });
});
