import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict, VerdictKind } from '../../model/index.ts';
import { DAY, GIB, HOUR, MIB } from '../../units/index.ts';
import { memoryLeak } from './memory-leak.ts';

const thresholds = { memoryPercent: 85, processRssBytes: GIB };

function verdict(kind: VerdictKind, more: Partial<Verdict> = {}): Verdict {
  return { subject: 'heap:main', kind, confidence: 0.9, evidence: [], ...more };
}

function severityAt(timeToLimitSeconds?: number) {
  const leak = verdict('leaking', timeToLimitSeconds === undefined ? {} : { timeToLimitSeconds });
  const seen = memoryLeak({ verdicts: [leak], thresholds });
  return seen.outcome === 'breach' && seen.severity;
}

describe('memory_leak', () => {
  it('fails on a verdict of leaking alone', () => {
    const kinds: VerdictKind[] = [
      'stable',
      'warming-up',
      'filling',
      'growing-with-load',
      'fragmented',
      'recovering',
    ];
    for (const kind of kinds)
      assert.equal(memoryLeak({ verdicts: [verdict(kind)], thresholds }).outcome, 'healthy', kind);
    assert.equal(memoryLeak({ verdicts: [verdict('leaking')], thresholds }).outcome, 'breach');
  });

  it('tells what grows, how fast and how long it will last', () => {
    const more = {
      part: 'heap',
      growthBytesPerSecond: (38 * MIB) / HOUR,
      timeToLimitSeconds: 18_600,
    } as const;
    assert.deepEqual(memoryLeak({ verdicts: [verdict('leaking', more)], thresholds }), {
      key: 'memory_leak',
      outcome: 'breach',
      type: 'leak',
      severity: 'medium',
      title: 'Memory leak',
      message: 'Memory leak: heap:main leaking 38.0 MiB/h in the JavaScript heap; limit in 5 h 10 min',
    });
  });

  it('calls subjects as people do, and names the line that grows where the leak is our own', () => {
    const site = { functionName: 'remember', file: '/srv/app/src/orders.ts', line: 41 };
    const message = (ownSubject: string) => {
      const seen = memoryLeak({
        verdicts: [verdict('leaking', { part: 'heap', growthBytesPerSecond: (38 * MIB) / HOUR })],
        leakNames: () => 'node[4211]',
        ownSubject,
        growingSites: [{ site, share: 0.82 }],
        folder: '/srv/app',
        thresholds,
      });
      return seen.outcome === 'breach' && seen.message;
    };
    const finding = 'Memory leak: node[4211] leaking 38.0 MiB/h in the JavaScript heap';
    assert.equal(message('heap:main'), `${finding}; 82 % of it src/orders.ts:41 remember`);
    assert.equal(message('process:1'), finding);
  });

  it('names the line that grows in the worker thread that leaks', () => {
    const place = { file: 'src/resize.ts', line: 7, functionName: 'keep' };
    const thread = { id: 3, name: 'resize' };
    const seen = memoryLeak({
      verdicts: [verdict('leaking', { subject: 'worker:3', part: 'heap' })],
      ownSubject: 'process:1',
      growingSites: [
        { site: { ...place, functionName: 'other' }, share: 0.5 },
        { site: { ...place, thread }, share: 0.3 },
        { site: { ...place, line: 9, thread }, share: 0.1 },
      ],
      thresholds,
    });
    assert.ok(seen.outcome === 'breach');
    assert.match(
      seen.message,
      /worker:3 leaking in the JavaScript heap; 75 % of it src\/resize\.ts:7 keep in worker resize #3$/,
    );
  });

  it('is as severe as the limit is near', () => {
    const severities = [undefined, DAY, DAY - 1, HOUR, HOUR - 1].map(severityAt);
    assert.deepEqual(severities, ['warning', 'warning', 'medium', 'medium', 'high']);
  });

  it('tells of the most urgent one first and names the others', () => {
    const slow = verdict('leaking', { subject: 'host' });
    const fast = verdict('leaking', { timeToLimitSeconds: 60 });
    const seen = memoryLeak({ verdicts: [slow, verdict('stable'), fast], thresholds });
    assert.ok(seen.outcome === 'breach');
    assert.equal(seen.message, 'Memory leak: heap:main leaking; limit in 1 min; also host');
  });

  it('is unknown until there is data enough', () => {
    assert.equal(memoryLeak({ thresholds }).outcome, 'unknown');
    assert.equal(memoryLeak({ verdicts: [verdict('not-enough-data')], thresholds }).outcome, 'unknown');
  });
});
