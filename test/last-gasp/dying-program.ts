// Programs that die of their memory, each in its own way, and their next start.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PreviousRun } from '../../src/api/wire.ts';
import { type Ended, eventually, follow, INDEX, type Program, QUICK, REGISTER } from '../service/program.ts';

/** What leaks stands in line 2, in `remember`, whichever way it leaks. */
export const DEATHS = {
  'a synchronous loop': `const kept = [];
    function remember(order) { kept.push({ order, lines: [order, order + 1], note: 'order ' + order }); }
    for (let order = 0; ; order += 1) remember(order);`,
  'an asynchronous loop': `const kept = [];
    function remember(order) { kept.push({ order, lines: [order, order + 1], note: 'order ' + order }); }
    let order = 0;
    const turn = () => { for (let k = 0; k < 5000; k += 1) remember(order++); setImmediate(turn); };
    turn();`,
  'large arrays': `const kept = [];
    function remember(order) { kept.push(new Array(200_000).fill(order)); }
    for (let order = 0; ; order += 1) remember(order);`,
  'JSON.parse of something huge': `const item = '{"id":1,"name":"abc","tags":["a","b","c"],"nested":{"x":1,"y":[1,2,3]}}';
    function remember(text) { return JSON.parse(text); }
    const bytes = Buffer.alloc(1_000_000 * (item.length + 1) + 1, ',' + item);
    bytes.write('[', 0);
    bytes.write(']', bytes.length - 1);
    remember(bytes.toString('latin1'));`,
} as const;

export type Death = keyof typeof DEATHS;

const AGAIN = 'PLIMSOLL_TEST_AGAIN';

/** At its second start the program does not die, but prints what the monitor says of the first. */
function program(dies: string): string {
  return `if (!process.env.${AGAIN}) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    ${dies.replaceAll('\n', ' ')}
    await new Promise(() => {});
  }
  const { registeredMonitor } = await import('${INDEX}');
  const monitor = registeredMonitor();
  await monitor.ready();
  const ask = async (path) => (await (await monitor.fetch(new Request('http://x' + path))).json()).data;
  const { previous_run } = await ask('/api/monitoring/previous-run');
  const file = previous_run?.snapshot_id && '/api/monitoring/snapshots/' + previous_run.snapshot_id + '.pprof';
  const pprof = file ? (await monitor.fetch(new Request('http://x' + file))).status : null;
  let alerts;
  for (let k = 0; k < (previous_run ? 30 : 5) && !alerts?.length; k += 1) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    alerts = (await ask('/api/monitoring/alerts?hours=1')).incidents;
  }
  console.log(JSON.stringify({ previous_run, pprof, alerts }));
  process.exit(0);`;
}

export interface Told {
  readonly previous_run: PreviousRun | null;
  readonly pprof: number | null;
  readonly alerts: readonly {
    readonly key: string;
    readonly severity: string;
    readonly message: string;
  }[];
}

export interface DyingProgram {
  readonly folder: string;
  readonly dataDir: string;
  readonly file: string;
  start(env?: Readonly<Record<string, string>>): Program;
  /** Its journal has been begun. */
  begun(): Promise<void>;
  /** The next start, and what it says of the run before. */
  startAgain(): Promise<{ readonly told: Told; readonly ended: Ended }>;
  remove(): void;
}

export interface DyingOptions {
  readonly node?: string;
  readonly flags?: readonly string[];
  readonly register?: string;
}

export function dyingProgram(dies: string, options: DyingOptions = {}): DyingProgram {
  const { node = process.execPath, flags = ['--max-old-space-size=64'], register = REGISTER } = options;
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-gasp-'));
  const [file, dataDir] = [join(folder, 'orders.mjs'), join(folder, 'data')];
  writeFileSync(file, program(dies));
  const start = (env: Readonly<Record<string, string>> = {}): Program =>
    follow(
      spawn(node, [...flags, '--import', register, file], {
        cwd: folder,
        env: {
          PATH: process.env.PATH ?? '',
          ...QUICK,
          MONITORING_TRACEMALLOC_ENABLED: 'true',
          MONITORING_DATA_DIR: dataDir,
          ...env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  return {
    folder,
    dataDir,
    file,
    start,
    async begun() {
      await eventually(
        async () => readdirSync(join(dataDir, 'runs')),
        (names) => names.length > 0,
      );
    },
    async startAgain() {
      const ended = await start({ [AGAIN]: '1' }).ended;
      return { told: JSON.parse(ended.stdout || 'null') as Told, ended };
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
