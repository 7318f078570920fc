// SIGKILL at any moment loses nothing that was committed and leaves a store that opens by itself, fifty times on one store:
// in the middle of samples, of roll-ups, of settings, of opening.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createRandom } from '../../bench/leak/random.ts';
import { NOON, openHistory, temporaryFolder } from './records.ts';

const KILLS = 50;
const WRITER = join(import.meta.dirname, 'killed-writer.ts');

interface Moment {
  /** Of the process, or of its writing: how long a start takes is the machine's affair. */
  readonly after: 'start' | 'first-record';
  readonly ms: number;
}

/** Returns the newest sequence number that the writer said was recorded; `first - 1` when it said none. */
async function writeAndKill(dataDir: string, first: number, { after, ms }: Moment): Promise<number> {
  const writer = spawn(process.execPath, [WRITER, dataDir, String(first)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let acknowledged = '';
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    acknowledged += text;
  });
  const closed = new Promise<NodeJS.Signals | null>((resolve) => {
    writer.once('close', (_code, signal) => resolve(signal));
  });
  const begun = after === 'start' ? Promise.resolve() : once(writer.stdout, 'data');
  await Promise.race([begun.then(() => sleep(ms)), closed]);
  writer.kill('SIGKILL');
  assert.equal(await closed, 'SIGKILL', 'the writer lived until it was killed');
  // A line that was cut was not acknowledged.
  const lines = acknowledged.split('\n').slice(0, -1);
  return lines.length === 0 ? first - 1 : Number(lines.at(-1));
}

function checkIntegrity(dataDir: string): void {
  const database = new DatabaseSync(join(dataDir, 'plimsoll.db'));
  assert.deepEqual(
    database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => row.integrity_check),
    ['ok'],
  );
  database.close();
}

/** Every sample up to `newest` is there, with its own figures. */
function checkComplete(dataDir: string, newest: number): void {
  const history = openHistory(dataDir);
  assert.equal(history.state().kind, 'disk');
  const range = { fromSeconds: NOON, toSeconds: NOON + newest, maxPoints: newest + 1 };
  const rss = history.processSeries({ pid: 42, startTicks: 1000 }, 'rss', range);
  const used = history.hostSeries('memory_used', range);
  assert.equal(rss.resolution, 'sample');
  assert.deepEqual(
    rss.points.map(({ last }) => last / 4096),
    Array.from({ length: newest + 1 }, (_, sequence) => sequence),
  );
  assert.deepEqual(
    used.points.map(({ last }) => last / 1024),
    rss.points.map(({ last }) => last / 4096),
  );
  assert.ok(Number(history.settings().sampleInterval ?? 0) >= Math.floor((newest - 1) / 10) * 10);
  history.close();
}

/** Minutes made across all the kills tell what the samples tell. */
function checkRollUps(dataDir: string, newest: number): void {
  const history = openHistory(dataDir);
  const minutes = history.hostSeries('memory_used', {
    fromSeconds: NOON,
    toSeconds: NOON + newest,
    maxPoints: Math.ceil(newest / 60) + 2,
  });
  assert.equal(minutes.resolution, 'minute');
  for (const [minute, point] of minutes.points.slice(0, -1).entries()) {
    assert.equal(point.atSeconds, NOON + minute * 60);
    assert.deepEqual(
      [point.min, point.max, point.last, point.mean, point.count],
      [minute * 60, minute * 60 + 59, minute * 60 + 59, minute * 60 + 29.5, 60].map((value, index) =>
        index === 4 ? value : value * 1024,
      ),
    );
  }
  history.close();
}

describe('a store whose writer is killed', () => {
  it(`keeps everything acknowledged and stays whole, ${KILLS} times`, async (t) => {
    const dataDir = temporaryFolder(t);
    const random = createRandom(20_260_101);
    let newest = -1;
    for (let kill = 0; kill < KILLS; kill += 1) {
      // Some are killed before they write, most while they do.
      const after = kill % 5 === 0 ? 'start' : 'first-record';
      newest = await writeAndKill(dataDir, newest + 1, { after, ms: random.between(0, 300) });
      if (newest < 0) continue;
      checkComplete(dataDir, newest);
    }
    t.diagnostic(`${newest + 1} samples acknowledged`);
    assert.ok(newest > 50, 'writers came to write');
    checkIntegrity(dataDir);
    checkRollUps(dataDir, newest);
  });
});
