// What every scanner written in JavaScript does with its standard input: see subject.ts.

export type Scanner = () => number | Promise<number>;

/** Calls `scan`, which answers how many processes it saw, once for each byte; one at a time. */
export async function scanOnDemand(scan: Scanner): Promise<void> {
  for await (const bytes of process.stdin) {
    for (let left = Buffer.byteLength(bytes); left > 0; left -= 1) {
      const startedAt = process.hrtime.bigint();
      const processes = await scan();
      process.stdout.write(`${process.hrtime.bigint() - startedAt} ${processes}\n`);
    }
  }
}
