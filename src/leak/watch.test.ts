import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLeakWatch } from './watch.ts';

const SUBJECTS = 40;

/** Every fourth subject leaks; all have noise. */
const rssOf = (subject: number, index: number) =>
  1e6 * (200 + Math.sin(index * 12.9898 + subject) + (subject % 4 === 0 ? index / 8 : 0));

function watchFor(samples: number, checkEvery: number) {
  const watch = createLeakWatch({ weighingsPerCheck: 0.5 });
  let mostChanged = 0;
  for (let index = 0; index < samples; index++) {
    for (let subject = 0; subject < SUBJECTS; subject++) {
      watch.add(`process:${subject}`, { atSeconds: index * 10, rssBytes: rssOf(subject, index) });
    }
    if (index % checkEvery !== 0) continue;
    const before = new Map(watch.subjects.map((subject) => [subject, watch.verdictOn(subject)]));
    const after = watch.check();
    const changed = after.filter((verdict) => before.get(verdict.subject) !== verdict).length;
    mostChanged = Math.max(mostChanged, changed);
  }
  return { watch, mostChanged };
}

describe('the leak watch', () => {
  it('finds the subjects that leak, a few looks at a time', () => {
    const { watch, mostChanged } = watchFor(500, 1);
    const leaking = watch.check().filter(({ kind }) => kind === 'leaking');
    assert.deepEqual(
      leaking.map(({ subject }) => subject),
      Array.from({ length: SUBJECTS / 4 }, (_, index) => `process:${index * 4}`),
    );
    // Half a weighing is worth five screenings; one that is begun is finished.
    assert.ok(mostChanged <= 5, `${mostChanged} looks in one check`);
  });

  it('keeps to its verdicts when nothing new is due', () => {
    const { watch } = watchFor(300, 1);
    for (let check = 0; check < 50; check++) watch.check();
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
