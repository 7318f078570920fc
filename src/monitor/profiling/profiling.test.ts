import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'node:test';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { createManualClock, type ManualClock } from '../../../test/manual-clock.ts';
import { loadSettings, type Settings } from '../../config/index.ts';
import type { ProfileReading, SamplerState, SamplingDocument } from '../../heap/index.ts';
import { readProfile } from '../../profile/index.ts';
import { MIB } from '../../units/index.ts';
import type { Latest } from '../monitor.ts';
import { createSnapshotAnswers } from './answers.ts';
import { createProfiling, type Profiling } from './profiling.ts';
import { openSnapshotFolder, type SnapshotFolder } from './snapshot-folder.ts';
import { createSnapshotKeeping, type SnapshotKeeping } from './snapshot-keeping.ts';
import { createMajorCollections, type MajorCollections } from './source.ts';
import type { Tracing } from './tracing.ts';

const INTERVAL = 524_288;
const NATIVE: SamplerState = {
  kind: 'native',
  sampleBytes: INTERVAL,
  stackDepth: 64,
  beforeApplication: true,
  inlining: false,
};

interface Place {
  readonly url: string;
  readonly lineNumber: number;
  readonly columnNumber: number;
}

/** `leak` called by `main`, with so many samples, each of an object of 1 MiB. */
function document(samples: number, place?: Place): SamplingDocument {
  const frame = (functionName: string, lineNumber: number) => ({
    functionName,
    scriptId: '7',
    url: 'evaluated.js',
    lineNumber,
    columnNumber: 4,
  });
  const leak = { callFrame: { ...frame('leak', 9), ...place }, selfSize: samples * MIB, id: 3, children: [] };
  const main = { callFrame: frame('main', 1), selfSize: 0, id: 2, children: [leak] };
  const root = { callFrame: { ...frame('(root)', -1), url: '' }, selfSize: 0, id: 1, children: [main] };
  return {
    head: root,
    samples: Array.from({ length: samples }, (_, ordinal) => ({ size: MIB, nodeId: 3, ordinal })),
  };
}

function settingsOf(environment: Record<string, string>): Settings {
  const loaded = loadSettings({ environment });
  assert.ok(loaded.ok);
  return loaded.settings;
}

interface Bench {
  readonly profiling: Profiling;
  readonly keeping: SnapshotKeeping;
  readonly clock: ManualClock;
  readonly collections: MajorCollections;
  readonly missed: string[];
  readonly world: {
    samples: number;
    rssBytes: number;
    place?: Place | undefined;
    reading?: ProfileReading;
  };
  readonly sample: () => Promise<void>;
}

function bench({
  sampler = NATIVE,
  folder,
}: {
  readonly sampler?: SamplerState;
  readonly folder?: SnapshotFolder;
} = {}): Bench {
  const clock = createManualClock();
  const collections = createMajorCollections();
  const missed: string[] = [];
  const world: Bench['world'] = { samples: 3, rssBytes: 50 * MIB };
  const settings = settingsOf({ MONITORING_TRACEMALLOC_ENABLED: 'true', MONITORING_TRACEMALLOC_TOP_N: '1' });
  const keeping = createSnapshotKeeping({ settings: () => settings, clock, folder });
  const profiling = createProfiling({
    keeping,
    source: {
      sampler,
      reader: {
        read: async () =>
          world.reading ?? { kind: 'read', document: document(world.samples, world.place), tookSeconds: 0.7 },
        close: () => {},
      },
      onMajorCollection: collections.onMajorCollection,
    },
    settings: () => settings,
    clock,
    latest: () => undefined,
    rssBytes: () => world.rssBytes,
    onMissed: (trigger, reason) => missed.push(`${trigger}: ${reason}`),
  });
  const sample = async (): Promise<void> => {
    profiling.observe({ own: { rssBytes: world.rssBytes } } as Latest);
    await clock.advance(2.5);
    await turn();
  };
  return { profiling, keeping, clock, collections, missed, world, sample };
}

/** As it is while nothing starts or stops it. */
const tracing = ({ profiling, keeping }: Bench): Tracing => ({
  state: () => ({ kind: 'on', sinceSeconds: 0, startedBy: 'setting', sampler: NATIVE }),
  profiling: () => profiling,
  keeping: () => keeping,
  order: async () => ({ kind: 'unavailable' }),
  heldBytes: () => 0,
  stop: profiling.stop,
});

const list = ({ keeping }: Bench) => keeping.kept.list();

describe('automatic snapshots', () => {
  it('come when RSS reaches the threshold, and not before', async () => {
    const given = bench();
    given.world.rssBytes = 100 * MIB - 1;
    await given.sample();
    assert.equal(list(given).length, 0);
    given.world.rssBytes = 100 * MIB;
    await given.sample();
    const [snapshot] = list(given);
    assert.deepEqual([snapshot?.trigger, snapshot?.rssBytes], ['threshold', 100 * MIB]);
    assert.deepEqual([snapshot?.sampledBytes, snapshot?.sampleIntervalBytes], [3 * MIB, INTERVAL]);
    assert.deepEqual(
      snapshot?.sites.map(({ functionName, line, column, liveBytes }) => [
        functionName,
        line,
        column,
        liveBytes,
      ]),
      [['leak', 10, 5, 3 * MIB]],
    );
  });

  it('come at most once a minute', async () => {
    const given = bench();
    given.world.rssBytes = 200 * MIB;
    for (let second = 0; second < 120; second += 2.5) await given.sample();
    assert.equal(list(given).length, 2);
  });

  it('wait a little for a collection, and say which it became', async () => {
    const given = bench();
    const waiting = given.profiling.take('growth');
    given.collections.tell();
    await waiting;
    const patient = given.profiling.take('threshold');
    await given.clock.advance(2);
    await patient;
    assert.deepEqual(
      list(given).map(({ trigger, basis }) => [trigger, basis.kind]),
      [
        ['growth', 'after-major-collection'],
        ['threshold', 'minimum'],
      ],
    );
  });

  it('are the least of three readings where no collection comes', async () => {
    const given = bench();
    given.world.samples = 9;
    const taken = given.profiling.take('threshold');
    await given.clock.advance(0.9);
    given.world.samples = 4;
    await given.clock.advance(0.9);
    given.world.samples = 7;
    await given.clock.advance(0.9);
    const outcome = await taken;
    assert.ok(outcome.kind === 'taken');
    assert.deepEqual(outcome.snapshot.basis, { kind: 'minimum', readings: 3 });
    assert.equal(outcome.snapshot.sampledBytes, 4 * MIB);
    assert.equal(given.profiling.siteReadings().at(-1)?.sites[0]?.liveBytes, 4 * MIB);
  });

  it('are read after the collection that comes between two readings', async () => {
    const given = bench();
    given.world.samples = 9;
    const taken = given.profiling.take('threshold');
    await given.clock.advance(1.2);
    given.world.samples = 7;
    given.collections.tell();
    const outcome = await taken;
    assert.ok(outcome.kind === 'taken');
    assert.deepEqual(
      [outcome.snapshot.basis.kind, outcome.snapshot.sampledBytes],
      ['after-major-collection', 7 * MIB],
    );
  });

  it('wait for nothing near the limit', async () => {
    const given = bench();
    assert.equal((await given.profiling.take('near-limit')).kind, 'taken');
  });

  it('tell when they could not be taken', async () => {
    const given = bench();
    given.world.reading = { kind: 'not-sampling', reason: 'ended' };
    given.collections.tell();
    assert.equal((await given.profiling.take('near-limit')).kind, 'not-sampling');
    assert.deepEqual(given.missed, ['near-limit: ended']);
  });

  it('pause the thread for at most one per cent where a reading collects', async () => {
    const inspector: SamplerState = {
      kind: 'inspector',
      reason: 'not installed',
      sampleBytes: INTERVAL,
      stackDepth: 64,
      inlining: false,
    };
    const given = bench({ sampler: inspector });
    given.world.rssBytes = 200 * MIB;
    for (let second = 0; second < 138; second += 2.5) await given.sample();
    given.collections.tell();
    await turn();
    assert.equal(list(given).length, 2, 'every 70 seconds at 0.7 s each');
    assert.equal(given.profiling.report().readings, 2, 'and nothing else is read');
    assert.equal(list(given)[0]?.basis.kind, 'after-major-collection');
  });
});

describe('snapshots on request', () => {
  const request = async ({ profiling, collections }: Bench) => {
    const outcome = profiling.take('manual');
    collections.tell();
    return outcome;
  };

  it('come whatever the threshold, but not within five seconds', async () => {
    const given = bench();
    assert.equal((await request(given)).kind, 'taken');
    await given.clock.advance(2);
    assert.deepEqual(await request(given), { kind: 'too-soon', retryAfterSeconds: 3 });
    await given.clock.advance(3);
    assert.equal((await request(given)).kind, 'taken');
  });

  it('are kept, the last twenty, and compared', async () => {
    const given = bench();
    for (let i = 0; i < 25; i += 1) {
      given.world.samples = i + 1;
      await given.clock.advance(5);
      await request(given);
    }
    const answers = createSnapshotAnswers(tracing(given));
    const kept = list(given);
    assert.deepEqual([kept.length, kept[0]?.sampledBytes], [20, 6 * MIB]);
    const [oldest, newest] = [kept[0]?.id ?? '', kept.at(-1)?.id ?? ''];
    for (const [a, b] of [
      [oldest, newest],
      [newest, oldest],
    ] as const) {
      const comparison = answers.compareSnapshots(a, b, { key: 'lineno' });
      assert.equal(comparison?.differences[0]?.sizeDiffBytes, 19 * MIB);
    }
    assert.equal(answers.compareSnapshots(oldest, 'x', { key: 'lineno' }), undefined);
    const file = answers.snapshotFile(newest, 'pprof');
    assert.ok(file && readProfile(file).samples.bytes.length === 1);
    assert.equal(answers.snapshot(newest)?.sites.length, 1);
  });
});

describe('memory', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;

  const heldBytes = async (): Promise<number> => {
    collect();
    // Array buffers are swept beside the collection.
    await sleep(100);
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    return heapUsed + arrayBuffers;
  };

  it('stays the same over ten thousand snapshots and a thousand source maps', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'plimsoll-maps-'));
    after(() => rmSync(folder, { recursive: true }));
    const given = bench();
    const files = bundledFiles(folder, 1000);
    const take = async (snapshots: number): Promise<void> => {
      for (let i = 0; i < snapshots; i += 1) {
        given.world.samples = 50 + (i % 50);
        given.world.place = files[i % files.length];
        await given.clock.advance(61);
        await given.profiling.take('near-limit');
      }
    };
    await take(1000);
    const before = await heldBytes();
    assert.match(list(given).at(-1)?.sites[0]?.file ?? '', /orders-999\.ts$/, 'the maps are read');
    await take(9000);
    const grown = (await heldBytes()) - before;
    assert.ok(grown < 2 * MIB, `${grown} bytes more`);
    assert.equal(list(given).length, 20);
  });
});

/** Programs with a source map each, together many times what the monitor keeps of maps; and where a function in each starts. */
function bundledFiles(folder: string, count: number): Place[] {
  const functions = Array.from(
    { length: 60 },
    (_, i) => `export function remember${i}(order: number): number[] { return [order, ${i}]; }`,
  );
  const { code, map } = transformSync(functions.join('\n'), {
    loader: 'ts',
    minify: true,
    sourcemap: 'external',
    sourcefile: 'orders.ts',
  });
  const column = code.indexOf('(');
  return Array.from({ length: count }, (_, i) => {
    const url = join(folder, `orders-${i}.js`);
    const own = Buffer.from(map.replace('orders.ts', `orders-${i}.ts`)).toString('base64');
    writeFileSync(url, `${code}//# sourceMappingURL=data:application/json;base64,${own}`);
    return { url, lineNumber: 0, columnNumber: column };
  });
}

describe('sites that grow', () => {
  it('are told from readings after collections', async () => {
    const given = bench();
    for (let i = 0; i < 10; i += 1) {
      given.world.samples = 20 + 10 * i;
      await given.clock.advance(1);
      given.collections.tell();
      await turn();
    }
    const [leak] = given.profiling.growingSites();
    assert.deepEqual([leak?.site.functionName, leak?.growthBytes, leak?.share], ['leak', 80 * MIB, 1]);
    given.profiling.stop();
    given.collections.tell();
    assert.equal(given.profiling.report().readings, 10);
  });
});

describe('snapshots on disk', () => {
  const path = mkdtempSync(join(tmpdir(), 'plimsoll-snapshots-'));
  after(() => rmSync(path, { recursive: true }));
  const said: string[] = [];
  const log = (_level: string, event: string) => void said.push(event);

  it('outlive a restart, the last twenty; what is no snapshot is passed over', async () => {
    const first = bench({ folder: openSnapshotFolder(join(path, 'profiles'), log) });
    for (let i = 0; i < 22; i += 1) {
      await first.clock.advance(61);
      const outcome = first.profiling.take('growth');
      first.collections.tell();
      await outcome;
    }
    assert.equal(readdirSync(join(path, 'profiles')).length, 20);
    const second = bench({ folder: openSnapshotFolder(join(path, 'profiles'), log) });
    assert.deepEqual(list(second), list(first));
    writeFileSync(join(path, 'profiles', '20990101T000000000Z.json.gz'), 'broken');
    const third = bench({ folder: openSnapshotFolder(join(path, 'profiles'), log) });
    assert.equal(list(third).length, 19);
    assert.deepEqual(said, []);
  });

  it('fail without taking the snapshot with them', async () => {
    writeFileSync(join(path, 'file'), '');
    const given = bench({ folder: openSnapshotFolder(join(path, 'file', 'profiles'), log) });
    assert.equal((await given.profiling.take('near-limit')).kind, 'taken');
    assert.equal(list(given).length, 1);
    assert.deepEqual(said, ['loading allocation snapshots failed', 'saving allocation snapshots failed']);
  });
});
