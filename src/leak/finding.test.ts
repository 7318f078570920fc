import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { VERDICTS, type Verdict } from '../model/index.ts';
import { MIB } from '../units/index.ts';
import { finding } from './finding.ts';

const leaking: Verdict = {
  subject: 'heap:main',
  kind: 'leaking',
  confidence: 0.97,
  growthBytesPerSecond: (38 * MIB) / 3600,
  sinceSeconds: Date.UTC(2026, 2, 3, 14, 5) / 1000,
  part: 'heap',
  evidence: [],
};

const remember = {
  site: {
    functionName: 'remember',
    file: 'src/orders.ts',
    line: 41,
    column: 3,
    liveBytes: 9 * MIB,
    count: 12,
  },
  growthBytesPerSecond: 9000,
  growthInterval: { low: 8000, high: 10_000 },
  share: 0.82,
  rises: 5,
  steps: 6,
};

describe('a finding', () => {
  it('joins series and sites in one sentence', () => {
    assert.equal(
      finding(leaking, [remember]),
      'leaking 38.0 MiB/h in the JavaScript heap since 14:05 UTC; 82 % of it src/orders.ts:41 remember',
    );
  });

  it('shows paths from the folder of the program, where it is told', () => {
    const site = { ...remember.site, file: '/srv/app/src/orders.ts' };
    const sites = [{ ...remember, site }];
    assert.match(finding(leaking, sites, '/srv/app'), /% of it src\/orders.ts:41 remember$/);
    assert.match(finding(leaking, sites), /% of it \/srv\/app\/src\/orders.ts:41 remember$/);
  });

  it('blames no allocation site for native memory', () => {
    assert.equal(
      finding({ ...leaking, part: 'native' }, [remember]),
      'leaking 38.0 MiB/h in native memory, outside what V8 accounts for since 14:05 UTC',
    );
  });

  it('tells a moment in a series without dates as one', () => {
    assert.equal(
      finding({ ...leaking, sinceSeconds: 5400 }),
      'leaking 38.0 MiB/h in the JavaScript heap since 1 h 30 min into the series',
    );
  });

  it('has a word for every kind', () => {
    for (const kind of VERDICTS)
      assert.ok(finding({ subject: 'host', kind, confidence: 1, evidence: [] }).length > 5);
  });
});
