// The laws of the state machine, over random checks, a clock that jumps both ways, and restarts in between.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  type AlertKey,
  type Incident,
  type Notification,
  type Observation,
  SEVERITIES,
} from '../model/index.ts';
import { type AlertStep, step } from './machine.ts';
import type { AlertPolicy } from './policy.ts';
import { restore } from './restore.ts';
import { type AlertState, EMPTY_STATE } from './state.ts';

const KEYS = ['high_memory', 'process_memory'] as const satisfies readonly AlertKey[];
const START = 1_750_000_000;

interface Check {
  readonly afterSeconds: number;
  readonly observations: readonly Observation[];
  readonly restart: boolean;
}

const observation = (key: AlertKey): fc.Arbitrary<Observation> =>
  fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(...SEVERITIES).map((severity) => breachOf(key, severity)) },
    { weight: 2, arbitrary: fc.constant<Observation>({ key, outcome: 'healthy' }) },
    { weight: 2, arbitrary: fc.constant<Observation>({ key, outcome: 'unknown' }) },
  );

function breachOf(key: AlertKey, severity: (typeof SEVERITIES)[number]): Observation {
  return { key, outcome: 'breach', type: 'memory', severity, title: key, message: `${key} ${severity}` };
}

const checks = (afterSeconds: fc.Arbitrary<number>, restarts: boolean): fc.Arbitrary<Check[]> =>
  fc.array(
    fc.record({
      afterSeconds,
      observations: fc.tuple(...KEYS.map(observation)),
      restart: restarts ? fc.integer({ min: 0, max: 4 }).map((n) => n === 0) : fc.constant(false),
    }),
    { maxLength: 60, size: 'max' },
  );

const forward = fc.integer({ min: 0, max: 200 });
const anyway = fc.oneof(
  { weight: 4, arbitrary: forward },
  { weight: 1, arbitrary: fc.integer({ min: -5000, max: 5000 }) },
);

const policies: fc.Arbitrary<AlertPolicy> = fc.record({
  consecutiveFailures: fc.integer({ min: 1, max: 4 }),
  dedupWindowSeconds: fc.integer({ min: 0, max: 600 }),
  recoverySeconds: fc.integer({ min: 0, max: 900 }),
});

interface Moment {
  readonly check: Check;
  readonly before: AlertState;
  readonly result: AlertStep;
  readonly atSeconds: number;
  /** Time that really went by: jumps back count as none. */
  readonly passedSeconds: number;
}

function run(course: readonly Check[], policy: AlertPolicy): Moment[] {
  const stored = new Map<string, Incident>();
  let [state, atSeconds, passedSeconds] = [EMPTY_STATE, START, 0];
  return course.map((check) => {
    if (check.restart) state = restore(JSON.parse(JSON.stringify([...stored.values()])));
    const before = state;
    atSeconds += check.afterSeconds;
    passedSeconds += Math.max(0, check.afterSeconds);
    const result = step(state, { atSeconds, observations: check.observations, policy });
    for (const incident of result.incidents) stored.set(incident.id, incident);
    state = result.state;
    return { check, before, result, atSeconds, passedSeconds };
  });
}

const outcomeOf = ({ check }: Moment, key: AlertKey) =>
  check.observations.find((seen) => seen.key === key)?.outcome ?? 'unknown';
const told = ({ result }: Moment, key: AlertKey, kind: Notification['kind']) =>
  result.notifications.filter((notification) => notification.key === key && notification.kind === kind);

function law(
  name: string,
  times: fc.Arbitrary<number>,
  restarts: boolean,
  holds: (moments: Moment[], policy: AlertPolicy, key: AlertKey) => void,
) {
  it(name, () => {
    fc.assert(
      fc.property(checks(times, restarts), policies, (course, policy) => {
        const moments = run(course, policy);
        for (const key of KEYS) holds(moments, policy, key);
      }),
      { numRuns: 300 },
    );
  });
}

describe('laws', () => {
  law('nobody is notified before enough failing checks in a row', anyway, false, (moments, policy, key) => {
    let failures = 0;
    for (const moment of moments) {
      const outcome = outcomeOf(moment, key);
      if (outcome === 'healthy') failures = 0;
      if (outcome === 'breach') failures += 1;
      const notified = told(moment, key, 'firing').length;
      assert.ok(notified === 0 || (outcome === 'breach' && failures >= policy.consecutiveFailures));
    }
  });

  law('nobody is notified twice within the window, restarts or not', anyway, true, (moments, policy, key) => {
    const times = moments.flatMap((moment) => told(moment, key, 'firing').map(() => moment.passedSeconds));
    for (const [index, time] of times.entries())
      assert.ok(index === 0 || time - (times[index - 1] ?? 0) >= policy.dedupWindowSeconds);
  });

  law(
    'with a steady clock a lasting breach is notified as soon as it may be',
    forward,
    false,
    (moments, policy, key) => {
      let [failures, notifiedAt] = [0, -Infinity];
      for (const moment of moments) {
        const outcome = outcomeOf(moment, key);
        if (outcome === 'healthy') failures = 0;
        if (outcome === 'breach') failures += 1;
        const due =
          outcome === 'breach' &&
          failures >= policy.consecutiveFailures &&
          moment.atSeconds - notifiedAt >= policy.dedupWindowSeconds;
        assert.equal(told(moment, key, 'firing').length, due ? 1 : 0);
        if (due) notifiedAt = moment.atSeconds;
      }
    },
  );

  law(
    'whatever was notified is resolved exactly once, at the first healthy check',
    anyway,
    true,
    (moments, _, key) => {
      let open = false;
      for (const moment of moments) {
        const resolved = told(moment, key, 'resolved').length;
        assert.equal(resolved, open && outcomeOf(moment, key) === 'healthy' ? 1 : 0);
        if (resolved > 0) open = false;
        if (told(moment, key, 'firing').length > 0) open = true;
      }
    },
  );

  law('an incident stays in the result until a healthy check', anyway, true, (moments, _, key) => {
    let firing = false;
    for (const moment of moments) {
      const outcome = outcomeOf(moment, key);
      const entry = moment.result.entries.find((shown) => shown.key === key);
      if (outcome === 'healthy') assert.equal(entry, undefined);
      else if (firing) assert.equal(entry?.transient, undefined);
      if (firing && outcome !== 'healthy') assert.ok(entry);
      firing = entry !== undefined && entry.transient === undefined;
    }
  });

  law('no two notifications share an id', anyway, false, (moments) => {
    const ids = moments.flatMap(({ result }) => result.notifications.map(({ id }) => id));
    assert.equal(new Set(ids).size, ids.length);
  });

  law('a rule that had nothing to judge is as it was', forward, false, (moments, policy) => {
    for (const { result, atSeconds } of moments) {
      const { state, entries } = result;
      const idle = step(state, {
        atSeconds,
        observations: [],
        policy: { ...policy, recoverySeconds: Infinity },
      });
      assert.deepEqual([idle.state, idle.entries], [state, entries]);
      assert.deepEqual([idle.incidents, idle.notifications], [[], []]);
    }
  });

  law('the same state and check give the same step, from JSON too', anyway, true, (moments, policy) => {
    for (const { before, check, result, atSeconds } of moments) {
      const copy: AlertState = JSON.parse(JSON.stringify(before));
      const again = step(copy, { atSeconds, observations: check.observations, policy });
      assert.deepEqual(again, result);
    }
  });
});
