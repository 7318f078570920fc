// One process of the bench: runs each operation for a while, with or without the ledger's hooks (argument `hooked`), and prints
// the CPU that one takes, in nanoseconds, the collector's threads included.
import { createReadStream } from 'node:fs';
import { memoryUsage } from 'node:process';
import { gzipSync } from 'node:zlib';
import { watchBuffers } from '../../src/heap/index.ts';

// Before anything below takes hold of a constructor.
if (process.argv[2] === 'hooked') watchBuffers({ wallSeconds: () => Date.now() / 1000, onReport: () => {} });

type Operation = (times: number) => unknown;

/** What is made is kept until the next one is, so that nothing is optimised away. */
let sink: unknown;

const repeat =
  (make: () => unknown): Operation =>
  (times) => {
    for (let i = 0; i < times; i += 1) sink = make();
  };

const memory = new ArrayBuffer(64);
const bytes = new Uint8Array(4096);
const text = 'a line of a log, neither long nor short';
const compressible = Buffer.alloc(20_000, text);

class Own extends Uint8Array {}

async function readWhole(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1)
    for await (const chunk of createReadStream(process.execPath, { end: 8 * 1024 ** 2 })) sink = chunk;
}

/** How often each is run in a stretch: a few tens of milliseconds. */
const OPERATIONS: readonly (readonly [string, number, Operation])[] = [
  ['new Uint8Array(16)', 300_000, repeat(() => new Uint8Array(16))],
  ['new Uint8Array(1024)', 100_000, repeat(() => new Uint8Array(1024))],
  ['new Uint8Array(buffer), a view', 300_000, repeat(() => new Uint8Array(memory, 0, 16))],
  ['uint8Array.subarray(0, 16)', 300_000, repeat(() => bytes.subarray(0, 16))],
  ['uint8Array.slice(), 4 KiB', 50_000, repeat(() => bytes.slice())],
  ['new (class extends Uint8Array)(16)', 100_000, repeat(() => new Own(16))],
  ['Buffer.from(text), 40 bytes', 300_000, repeat(() => Buffer.from(text))],
  ['Buffer.allocUnsafe(256)', 300_000, repeat(() => Buffer.allocUnsafe(256))],
  ['Buffer.alloc(1024)', 100_000, repeat(() => Buffer.alloc(1024))],
  ['Buffer.alloc(16 KiB)', 20_000, repeat(() => Buffer.alloc(16 * 1024))],
  ['Buffer.allocUnsafe(64 KiB)', 10_000, repeat(() => Buffer.allocUnsafe(64 * 1024))],
  ['Buffer.alloc(1 MiB)', 300, repeat(() => Buffer.alloc(1024 ** 2))],
  ['gzipSync of 20 KB', 300, repeat(() => gzipSync(compressible))],
  ['a stream over 8 MiB of a file', 2, readWhole],
];

const STRETCHES = 7;

async function nanosecondsOf(times: number, operation: Operation): Promise<number> {
  const figures: number[] = [];
  for (let stretch = 0; stretch <= STRETCHES; stretch += 1) {
    const before = process.cpuUsage();
    await operation(times);
    const { user, system } = process.cpuUsage(before);
    // The first one warms up.
    if (stretch > 0) figures.push(((user + system) * 1000) / times);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return figures.sort((a, b) => a - b)[STRETCHES >> 1] ?? Number.NaN;
}

const results: { name: string; nanoseconds: number; arrayBuffersBytes: number }[] = [];
for (const [name, times, operation] of OPERATIONS) {
  const nanoseconds = await nanosecondsOf(times, operation);
  results.push({ name, nanoseconds, arrayBuffersBytes: memoryUsage().arrayBuffers });
}
console.log(JSON.stringify({ results, kept: sink !== undefined }));
