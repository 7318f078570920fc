import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { AttemptResult } from './attempt.ts';
import { backoffSeconds, LONGEST_RETRY_AFTER, withRetries } from './retry.ts';

const FAILED: AttemptResult = { kind: 'failed', detail: 'HTTP 500' };
const REFUSED: AttemptResult = { kind: 'refused', detail: 'HTTP 404' };
const DELIVERED: AttemptResult = { kind: 'delivered', detail: 'HTTP 200' };
const asking = (retryAfterSeconds: number): AttemptResult => ({
  kind: 'failed',
  detail: 'HTTP 429',
  retryAfterSeconds,
});

async function attemptInTurn(results: readonly AttemptResult[], maxRetries = 3, stopAfter = Infinity) {
  const waits: number[] = [];
  const stop = new AbortController();
  let attempts = 0;
  const outcome = await withRetries(
    async () => {
      attempts += 1;
      return results[Math.min(attempts, results.length) - 1] ?? FAILED;
    },
    {
      maxRetries,
      random: () => 0.5,
      sleep: async (seconds) => {
        waits.push(seconds);
        if (waits.length >= stopAfter) stop.abort();
      },
      stop: stop.signal,
    },
  );
  return { ...outcome, waits };
}

describe('withRetries', () => {
  it('tries until it is delivered', async () => {
    assert.deepEqual(await attemptInTurn([FAILED, FAILED, DELIVERED]), {
      outcome: 'delivered',
      attempts: 3,
      detail: 'HTTP 200',
      waits: [0.75, 1.5],
    });
  });

  it('gives up after the last retry, waiting for nothing then', async () => {
    assert.deepEqual(await attemptInTurn([FAILED], 2), {
      outcome: 'failed',
      attempts: 3,
      detail: 'HTTP 500',
      waits: [0.75, 1.5],
    });
  });

  it('does not repeat what would be refused again', async () => {
    assert.deepEqual(await attemptInTurn([FAILED, REFUSED]), {
      outcome: 'failed',
      attempts: 2,
      detail: 'HTTP 404',
      waits: [0.75],
    });
  });

  it('waits as long as the receiver asks, and never shorter than it would by itself', async () => {
    assert.deepEqual((await attemptInTurn([asking(42), asking(0), DELIVERED])).waits, [42, 1.5]);
  });

  it('gives up on a receiver that asks for too long', async () => {
    assert.deepEqual(await attemptInTurn([asking(LONGEST_RETRY_AFTER + 1), DELIVERED]), {
      outcome: 'failed',
      attempts: 1,
      detail: 'HTTP 429; asks to wait for 301 s',
      waits: [],
    });
  });

  it('stops between two attempts', async () => {
    const { outcome, attempts, detail } = await attemptInTurn([FAILED, DELIVERED], 3, 1);
    assert.deepEqual([outcome, attempts, detail], ['failed', 1, 'the monitor stopped']);
  });
});

describe('backoffSeconds', () => {
  it('doubles up to a minute, half of it certain', () => {
    assert.deepEqual(
      [0, 1, 2, 5, 6, 20].map((retry) => backoffSeconds(retry, 0)),
      [0.5, 1, 2, 16, 30, 30],
    );
  });

  it('lies between half and the whole, whatever the chance', () => {
    const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
    fc.assert(
      fc.property(fc.nat(20), chance, (retry, random) => {
        const whole = Math.min(60, 2 ** retry);
        const seconds = backoffSeconds(retry, random);
        assert.ok(seconds >= whole / 2 && seconds <= whole);
      }),
    );
  });
});
