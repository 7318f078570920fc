// What a scan of the process table costs, against the same in C and against what people use: `node bench/scan/run.ts` measures
// and writes bench/results/scan.{json,md}. Needs gcc, python3-psutil and ps; takes about six minutes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPeers } from '../peers.ts';
import { type Contender, compare, type Result } from './comparison.ts';
import type { LateMilliseconds } from './event-loop.ts';
import { page, type Results } from './page.ts';
import { compile, withProcesses } from './population.ts';
import { startSubject } from './subject.ts';

const RESULTS = join(import.meta.dirname, '../results');
const ROUNDS = 100;
const COMPARED_AT = 1000;
const EVENT_LOOP_AT = 5000;
const PYTHON = '/usr/bin/python3';
const PEERS = ['pidusage', 'systeminformation'] as const;
/** A scan with it takes seconds. */
const SLOW_EVERY = 20;

const beside = (file: string): string => join(import.meta.dirname, file);

/** The first is what the others are compared with; ours comes twice, and what the two differ by is noise. */
function contenders(folder: string, peers: readonly string[]): readonly Contender[] {
  const node = (name: string, file: string, ...args: readonly string[]) =>
    startSubject(name, process.execPath, ['--disable-warning=ExperimentalWarning', beside(file), ...args]);
  return [
    { subject: startSubject('the same reads in C', compile('reference', folder), []) },
    { subject: node('Plimsoll', 'ours.ts') },
    { subject: node('Plimsoll, A/A', 'ours.ts') },
    { subject: startSubject('psutil', PYTHON, [beside('psutil-scan.py')]) },
    { subject: node('ps', 'ps-scan.ts') },
    ...peers.map((name) => {
      const subject = node(name, 'peer.ts', folder, name);
      return name === 'systeminformation' ? { subject, every: SLOW_EVERY } : { subject };
    }),
  ];
}

async function compareScanners(folder: string, peers: readonly string[]): Promise<readonly Result[]> {
  const all = contenders(folder, peers);
  try {
    return await compare(all, ROUNDS);
  } finally {
    for (const { subject } of all) subject.stop();
  }
}

async function measureEventLoop(): Promise<LateMilliseconds> {
  const child = spawn(process.execPath, [beside('event-loop.ts')], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  await once(child, 'close');
  return JSON.parse(output);
}

async function measure(folder: string): Promise<Results> {
  const population = compile('population', folder);
  const peers = installPeers(folder, PEERS);
  return {
    machine: { processors: cpus().length, kernel: release(), node: process.version },
    extraProcesses: COMPARED_AT,
    scanners: await withProcesses(population, COMPARED_AT, () => compareScanners(folder, peers)),
    leftOut: PEERS.filter((name) => !peers.includes(name)),
    eventLoop: {
      extraProcesses: EVENT_LOOP_AT,
      lateMilliseconds: await withProcesses(population, EVENT_LOOP_AT, measureEventLoop),
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), 'plimsoll-scan-'));
try {
  const results = await measure(folder);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, 'scan.json'), `${JSON.stringify(results, null, 2)}\n`);
  writeFileSync(join(RESULTS, 'scan.md'), page(results));
  console.log(page(results));
} finally {
  rmSync(folder, { recursive: true });
}
