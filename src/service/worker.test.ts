import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Which of Node.js' own parts a program has loaded by its end. */
async function partsLoadedBy(program: string): Promise<string> {
  const { stdout } = await run(process.execPath, [
    '--input-type=module',
    '-e',
    `${program}; process.stdout.write(process.moduleLoadList.join());`,
  ]);
  return stdout;
}

describe("the monitor's thread", () => {
  it("serves HTTP, and starts without Node.js' client of it", async () => {
    assert.match(await partsLoadedBy('await fetch("data:,")'), /undici/);
    const parts = await partsLoadedBy(`await import('${import.meta.dirname}/worker.ts')`);
    assert.match(parts, /NativeModule _http_server/);
    assert.doesNotMatch(parts, /undici/);
  });
});
