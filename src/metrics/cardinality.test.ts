import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { manyProcesses } from '../../test/metrics/reading.ts';
import type { AllocationSite, Verdict } from '../model/index.ts';
import { bounded, labelValue } from './cardinality.ts';

const site = (functionName: string, column: number, liveBytes: number): AllocationSite => ({
  functionName,
  file: 'orders.ts',
  line: 4,
  column,
  liveBytes,
  count: 1,
});

describe('bounded', () => {
  it('adds nothing that is not there', () => {
    assert.deepEqual(bounded({}, 10), {});
  });

  it('keeps the first 1,000 processes', () => {
    const { processes } = bounded({ processes: manyProcesses(1200) }, 10);
    assert.deepEqual([processes?.length, processes?.at(-1)?.pid], [1000, 1999]);
  });

  it('keeps a verdict for each process and for the subjects besides', () => {
    const verdicts: readonly Verdict[] = manyProcesses(5000).map(({ pid }) => ({
      subject: `process:${pid}`,
      kind: 'stable',
      confidence: 1,
      evidence: [],
    }));
    assert.equal(bounded({ verdicts }, 10).verdicts?.length, 1088);
  });

  it('keeps the largest sites, columns of one line added up', () => {
    const sites = [site('small', 1, 10), site('split', 1, 30), site('large', 1, 50), site('split', 9, 31)];
    const kept = bounded({ sites }, 2).sites?.map(({ functionName, liveBytes }) => [functionName, liveBytes]);
    assert.deepEqual(kept, [
      ['split', 61],
      ['large', 50],
    ]);
  });
});

describe('labelValue', () => {
  it('keeps ordinary text as it is', () => {
    assert.equal(labelValue('Müller "& Söhne" \\ 漢字'), 'Müller "& Söhne" \\ 漢字');
    assert.equal(labelValue(4211), '4211');
  });

  it('keeps the end of a long path', () => {
    const path = `${'/deep'.repeat(100)}/orders.ts`;
    const shown = labelValue(path);
    assert.equal(shown.length, 200);
    assert.ok(shown.startsWith('…') && shown.endsWith('/deep/orders.ts'));
  });

  it('is one well-formed line of bounded length, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 600 }), fc.boolean(), (text, broken) => {
        const shown = labelValue(broken ? `${text}\ud800` : text);
        assert.ok(shown.isWellFormed());
        assert.ok(shown.length <= 200);
        assert.doesNotMatch(shown, /\p{Cc}/u);
      }),
    );
  });
});
