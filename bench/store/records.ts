// A week of a busy host as its monitor would record it: 50 tracked processes, some idle, some at work, some leaking, some
// replaced again and again. The kernel counts memory in pages, so every figure is a multiple of 4 KiB (the host's of 1 KiB).
import type { HistoryRecord } from '../../src/history/index.ts';
import type { HostSample, ProcessSample } from '../../src/model/index.ts';
import { createRandom, type Random } from '../leak/random.ts';

export const TRACKED = 50;
export const INTERVAL_SECONDS = 10;
export const START_SECONDS = 1_760_000_000;

const PAGE_BYTES = 4096;
const KIB = 1024;
const TOTAL_BYTES = 64 * 1024 ** 3;

interface Life {
  readonly kind: 'idle' | 'working' | 'leaking' | 'short-lived';
  pid: number;
  startTicks: number;
  rssBytes: number;
  cpuPercent: number;
}

/** A quarter never moves, half breathes, a few leak, the rest lives for minutes. */
const KINDS: readonly Life['kind'][] = [
  'idle',
  'working',
  'working',
  'working',
  'idle',
  'working',
  'short-lived',
  'working',
  'idle',
  'leaking',
];

export function* records(seed: number): Generator<HistoryRecord> {
  const random = createRandom(seed);
  const lives = Array.from({ length: TRACKED }, (_, index) => born(random, index, 0));
  for (let tick = 0; ; tick += 1) {
    const atSeconds = START_SECONDS + tick * INTERVAL_SECONDS + random.between(0, 0.02);
    for (const [index, life] of lives.entries()) lives[index] = live(random, life, index, tick);
    yield recordOf(random, lives, atSeconds);
  }
}

function born(random: Random, index: number, tick: number): Life {
  return {
    kind: KINDS[index % KINDS.length] ?? 'idle',
    pid: random.integer(300, 4_194_303),
    startTicks: tick * 1000 + index,
    rssBytes: random.scale(20e6, 4e9),
    cpuPercent: random.scale(0.1, 100),
  };
}

function live(random: Random, life: Life, index: number, tick: number): Life {
  switch (life.kind) {
    case 'idle':
      life.cpuPercent = random.between(0, 0.3);
      return life;
    case 'leaking':
      life.rssBytes += random.between(0, 20_000);
      life.cpuPercent = Math.abs(random.normal()) * 5;
      return life;
    case 'working':
      life.rssBytes *= Math.exp(0.01 * random.normal());
      life.rssBytes = Math.min(6e9, Math.max(10e6, life.rssBytes));
      life.cpuPercent = Math.abs(random.normal()) * 30;
      return life;
    case 'short-lived':
      if (random.between(0, 1) < 0.02) return born(random, index, tick);
      life.rssBytes += random.between(0, 500_000);
      life.cpuPercent = random.between(50, 100);
      return life;
  }
}

function recordOf(random: Random, lives: readonly Life[], atSeconds: number): HistoryRecord {
  return {
    atSeconds,
    host: hostSample(random, atSeconds),
    own: {
      atSeconds,
      pid: 4242,
      rssBytes: pages(80e6 + random.between(0, 2e6)),
      cpuPercent: 0.2,
      cpuSeconds: 9,
    },
    processes: lives.map((life) => processSample(life, atSeconds)),
  };
}

function hostSample(random: Random, atSeconds: number): HostSample {
  const usedBytes = kibibytes(30e9 + 5e9 * Math.sin(atSeconds / 20_000) + 2e8 * random.normal());
  const pressure = { avg60Percent: 0, avg300Percent: 0, totalSeconds: 1 };
  return {
    atSeconds,
    memory: {
      totalBytes: TOTAL_BYTES,
      availableBytes: TOTAL_BYTES - usedBytes,
      usedBytes,
      freeBytes: kibibytes(4e9 + 1e9 * Math.abs(random.normal())),
      percent: Math.round((usedBytes / TOTAL_BYTES) * 1000) / 10,
      buffersBytes: kibibytes(5e8 + 1e7 * random.normal()),
      cachedBytes: kibibytes(20e9 + 1e8 * random.normal()),
    },
    swap: { totalBytes: 8 * 1024 ** 3, usedBytes: kibibytes(1e8), freeBytes: kibibytes(8e9), percent: 1.2 },
    pressure: {
      some: { avg10Percent: random.integer(0, 3) / 100, ...pressure },
      full: { avg10Percent: 0, ...pressure },
    },
    collectors: [],
  };
}

function processSample(life: Life, atSeconds: number): ProcessSample {
  return {
    pid: life.pid,
    startTicks: life.startTicks,
    parentPid: 1,
    name: `service-${life.pid % 100}`,
    command: `/usr/bin/node --enable-source-maps /srv/app-${life.pid % 100}/dist/server.js --port ${life.pid % 9000}`,
    state: 'S',
    startedAtSeconds: atSeconds,
    rssBytes: pages(life.rssBytes),
    vmsBytes: pages(4 * life.rssBytes),
    cpuSeconds: 1,
    cpuPercent: life.cpuPercent,
    threads: 11,
    memoryPercent: 0.1,
  };
}

function pages(bytes: number): number {
  return Math.round(bytes / PAGE_BYTES) * PAGE_BYTES;
}

function kibibytes(bytes: number): number {
  return Math.round(bytes / KIB) * KIB;
}
