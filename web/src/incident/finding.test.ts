import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Verdict } from '../../../src/api/wire.ts';
import { describeFinding, pidOf, workerOf } from './finding.ts';

const LEAK: Verdict = {
  subject: 'process:4211',
  verdict: 'leaking',
  leak: true,
  confidence: 0.9,
  growth_bytes_per_hour: 38 * 1024 ** 2,
  part: 'heap',
  time_to_limit_seconds: 18_600,
  time_to_limit_interval_seconds: { low: 14_400, high: 25_200 },
  evidence: [],
};
const SITE = {
  function: 'remember',
  file: '/srv/shop/src/orders.ts',
  line: 41,
  column: 3,
  growth_mb: 30,
  live_mb: 90,
  share: 0.82,
  rises: 4,
  steps: 5,
  origin: 'application' as const,
};

describe('a finding in a sentence', () => {
  it('says what, how much, in whom, where and until when', () => {
    assert.equal(
      describeFinding(LEAK, [SITE]),
      'Process 4211: leaking 38.0 MiB/h in the JavaScript heap; 82 % of it shop/src/orders.ts:41 remember; limit in 5 h 10 min (4 h to 7 h)',
    );
  });

  it('gives one number for a time to the limit that is as good as certain', () => {
    const certain = { ...LEAK, time_to_limit_interval_seconds: { low: 18_550, high: 18_650 } };
    assert.match(describeFinding(certain, []), /limit in 5 h 10 min$/);
  });

  it('leaves out what is not known', () => {
    const stable: Verdict = {
      subject: 'host',
      verdict: 'stable',
      leak: false,
      confidence: 0.5,
      growth_bytes_per_hour: null,
      time_to_limit_seconds: null,
      evidence: [],
    };
    assert.equal(describeFinding(stable, []), 'The host: stable');
  });

  it('names a worker thread, and the thread that a site is in', () => {
    const worker = { ...LEAK, subject: 'worker:2' };
    const site = { ...SITE, thread: 'resize', thread_id: 2 };
    assert.match(describeFinding(worker, [site]), /^Worker thread 2: .* remember in worker resize #2; limit/);
    assert.deepEqual(['worker:2', 'process:2', 'host'].map(workerOf), [2, undefined, undefined]);
  });

  it('knows which process it is about', () => {
    assert.deepEqual(['process:4211', 'host', 'heap:main'].map(pidOf), [4211, undefined, undefined]);
  });
});
