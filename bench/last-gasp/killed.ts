// A program that leaks slowly and is killed at a random moment: what its journal says afterwards.
import { isHeap } from '../../src/monitor/previous-run/index.ts';
import { DEFAULTS, installedProgram, remainsOf } from './remains.ts';

export const LEAKS = {
  'the JavaScript heap, 5 MB/s': `const kept = [];
    function remember(order) { kept.push({ order, lines: new Array(100).fill(order) }); }
    let order = 0;
    setInterval(() => { for (let k = 0; k < 100; k += 1) remember(order++); }, 18);`,
  'buffers, 10 MB/s': `const kept = [];
    setInterval(() => kept.push(Buffer.alloc(200_000, 1)), 20);`,
} as const;

export type Leak = keyof typeof LEAKS;

export interface KilledOutcome {
  readonly afterSeconds: number;
  readonly named: boolean;
}

/** Not before the leak has had time to show, nor after a service would have grown large. */
const [LEAST_SECONDS, MOST_SECONDS] = [5, 15];

export async function kill(leak: Leak, node: string): Promise<KilledOutcome> {
  const program = installedProgram(LEAKS[leak], { node });
  try {
    const running = program.start(DEFAULTS);
    const afterSeconds = LEAST_SECONDS + Math.random() * (MOST_SECONDS - LEAST_SECONDS);
    await new Promise((resolve) => setTimeout(resolve, afterSeconds * 1000));
    running.child.kill('SIGKILL');
    await running.ended;
    const death = remainsOf(program)?.death;
    const parts = death?.parts;
    const named = leak.startsWith('buffers')
      ? parts !== undefined && parts.externalBytes > Math.max(parts.heapBytes, parts.nativeBytes)
      : death !== undefined && isHeap(death) && death.sites[0]?.site.functionName === 'remember';
    return { afterSeconds, named };
  } finally {
    program.remove();
  }
}
