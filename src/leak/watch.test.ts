import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLeakWatch } from './watch.ts';

const SUBJECTS = 40;

/** Every fourth subject leaks; all have noise. */
const rssOf = (subject: number, index: number) =>
  1e6 *
  (200 +
    Math.sin(index * 12.9898 + subject) * Math.cos(index * 78.233) +
    (subject % 4 === 0 ? index / 8 : 0));

const UNITS = 8;

function watchFor(samples: number) {
  const watch = createLeakWatch({ unitsPerTurn: UNITS });
  let mostChanged = 0;
  for (let index = 0; index < samples; index++) {
    for (let subject = 0; subject < SUBJECTS; subject++) {
      watch.add(`process:${subject}`, { atSeconds: index * 10, rssBytes: rssOf(subject, index) });
    }
    const before = new Map(watch.subjects.map((subject) => [subject, watch.verdictOn(subject)]));
    const after = watch.check();
    const changed = after.filter((verdict) => before.get(verdict.subject) !== verdict).length;
    mostChanged = Math.max(mostChanged, changed);
  }
  return { watch, mostChanged };
}

describe('the leak watch', () => {
  it('finds the subjects that leak, a few units at a time', () => {
    const { watch, mostChanged } = watchFor(700);
    const leaking = watch.check().filter(({ kind }) => kind === 'leaking');
    assert.deepEqual(
      leaking.map(({ subject }) => subject),
      Array.from({ length: SUBJECTS / 4 }, (_, index) => `process:${index * 4}`),
    );
    assert.ok(mostChanged <= UNITS, `${mostChanged} looks in one turn`);
  });

  it('judges the first subject beside all others', () => {
    const first = 'process:0';
    const watch = createLeakWatch({ unitsPerTurn: UNITS, first });
    const alone = createLeakWatch({ unitsPerTurn: UNITS, first });
    for (let index = 0; index < 300; index++) {
      for (let subject = 0; subject < SUBJECTS; subject++)
        watch.add(`process:${subject}`, { atSeconds: index * 10, rssBytes: rssOf(subject, index) });
      alone.add(first, { atSeconds: index * 10, rssBytes: rssOf(0, index) });
      watch.work();
      alone.work();
      assert.deepEqual(watch.verdictOn(first), alone.verdictOn(first));
    }
    assert.equal(watch.verdictOn(first)?.kind, 'leaking');
  });

  it('keeps to its verdicts when nothing new is due', () => {
    const { watch } = watchFor(300);
    for (let check = 0; check < 500; check++) watch.check();
    assert.deepEqual(watch.check(), watch.check());
  });

  it('knows nothing of what it was never told, and forgets what is gone', () => {
    const watch = createLeakWatch();
    assert.equal(watch.verdictOn('process:1'), undefined);
    watch.add('process:1', { atSeconds: 0, rssBytes: 1 });
    assert.equal(watch.verdictOn('process:1')?.kind, 'not-enough-data');
    watch.remove('process:1');
    assert.deepEqual([watch.subjects, watch.check()], [[], []]);
  });
});
