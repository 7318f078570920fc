// The built agent at its default settings on this machine, with so many processes to watch: what it takes from the machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parsePidStat } from '../../src/host/procfs/index.ts';
import { type Bytes, MIB, type Ratio, type Seconds } from '../../src/units/index.ts';

export interface AtWork {
  readonly processes: number;
  readonly observedSeconds: Seconds;
  readonly rssBytes: Bytes;
  readonly cpuShare: Ratio;
}

const ROOT = join(import.meta.dirname, '../..');
const TICKS_PER_SECOND = 100;

/** Everything is loaded, the first samples are taken, and what starting took is given back. */
const SETTLE_SECONDS: Seconds = 15;

export async function measureAtWork(observeSeconds: Seconds): Promise<AtWork> {
  const dataDir = mkdtempSync(join(tmpdir(), 'plimsoll-bench-'));
  const agent = spawn(process.execPath, ['bin/plimsoll.js', 'agent', '--port', '0', '--data', dataDir], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    await once(agent.stdout, 'data');
    await sleep(SETTLE_SECONDS * 1000);
    const pid = agent.pid as number;
    const before = cpuSeconds(pid);
    await sleep(observeSeconds * 1000);
    return {
      processes: readdirSync('/proc').filter((name) => /^\d+$/.test(name)).length,
      observedSeconds: observeSeconds,
      rssBytes: rss(pid),
      cpuShare: (cpuSeconds(pid) - before) / observeSeconds,
    };
  } finally {
    agent.kill();
    await once(agent, 'exit');
    rmSync(dataDir, { recursive: true });
  }
}

function cpuSeconds(pid: number): Seconds {
  const bytes = readFileSync(`/proc/${pid}/stat`);
  return parsePidStat(bytes, bytes.length).cpuTicks / TICKS_PER_SECOND;
}

function rss(pid: number): Bytes {
  const kib = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kib) * MIB) / 1024;
}
