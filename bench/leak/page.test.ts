import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type BenchResult, detectorTable, targetLines } from './page.ts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const docs = read('docs/verdicts.md');

describe('what docs/verdicts.md says of the judge', () => {
  const [test] = (JSON.parse(read('bench/results/leak.json')) as { readonly results: readonly BenchResult[] })
    .results;

  it('is what was measured on the test set', () => {
    assert.ok(test);
    assert.equal(test.set, 'Test set');
    assert.ok(docs.includes(detectorTable(test.scores)), 'the table of detectors');
    assert.ok(docs.includes(targetLines(test)), 'the targets');
    const { alarms, machineDays, leaking, found } = test.hosts;
    assert.ok(docs.includes(`${alarms} alarms in ${machineDays} machine-days; of ${leaking} that leak`));
    assert.ok(docs.includes(`30 to 60 % of their memory, ${found} found.`));
  });

  it('is what it was measured to cost', () => {
    const [, table] = /\n(\| {2}\| mean .*?)\n\n/s.exec(read('bench/results/leak-cost.md')) ?? [];
    assert.ok(table && docs.includes(table), table);
  });
});
