// What every scanner written in JavaScript does with its standard input: see subject.ts.

export type Scanner = () => number | Promise<number>;

/** `elsewhere`: another process does the work, so this one's processor time says nothing. */
export type Work = 'here' | 'elsewhere';

/** Calls `scan`, which answers how many processes it saw, once for each byte; one at a time. */
export async function scanOnDemand(scan: Scanner, work: Work = 'here'): Promise<void> {
  for await (const bytes of process.stdin) {
    for (let left = Buffer.byteLength(bytes); left > 0; left -= 1) {
      const cpuBefore = process.cpuUsage();
      const startedAt = process.hrtime.bigint();
      const processes = await scan();
      const wall = process.hrtime.bigint() - startedAt;
      const { user, system } = process.cpuUsage(cpuBefore);
      const cpu = work === 'here' ? (user + system) * 1000 : Number.NaN;
      process.stdout.write(`${wall} ${cpu} ${processes}\n`);
    }
  }
}
