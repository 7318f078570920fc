import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import { startSchedule } from './schedule.ts';

describe('a schedule', () => {
  it('starts at once, then an interval apart', async () => {
    const clock = createManualClock();
    const starts: number[] = [];
    const begin = clock.monotonicSeconds();
    const schedule = startSchedule({
      clock,
      intervalSeconds: () => 10,
      run: () => void starts.push(clock.monotonicSeconds() - begin),
    });
    await clock.advance(35);
    assert.deepEqual(starts, [0, 10, 20, 30]);
    await schedule.stop();
    await clock.advance(100);
    assert.equal(starts.length, 4);
  });

  it('never runs twice at once, and rests after a long run', async () => {
    const clock = createManualClock();
    const begin = clock.monotonicSeconds();
    const starts: number[] = [];
    const schedule = startSchedule({
      clock,
      intervalSeconds: () => 10,
      restSeconds: () => 5,
      run: async () => {
        starts.push(clock.monotonicSeconds() - begin);
        await new Promise<void>((resolve) => clock.after(8, resolve));
      },
    });
    await clock.advance(40);
    assert.deepEqual(starts, [0, 13, 26, 39]);
    const stopping = schedule.stop();
    await clock.advance(20);
    await stopping;
    assert.equal(starts.length, 4);
  });

  it('takes a changed interval at once', async () => {
    const clock = createManualClock();
    let interval = 100;
    let runs = 0;
    const schedule = startSchedule({
      clock,
      intervalSeconds: () => interval,
      run: () => {
        runs += 1;
      },
    });
    await clock.advance(50);
    assert.equal(runs, 1);
    interval = 20;
    schedule.reschedule();
    await clock.advance(1);
    assert.equal(runs, 2, 'the new interval has already passed');
    await clock.advance(40);
    assert.equal(runs, 4);
  });

  it('does not see the wall clock jump', async () => {
    const clock = createManualClock();
    let runs = 0;
    startSchedule({
      clock,
      intervalSeconds: () => 10,
      run: () => {
        runs += 1;
        clock.jump(runs % 2 === 0 ? 86_400 : -90_000);
      },
    });
    await clock.advance(100);
    assert.equal(runs, 11);
  });
});
