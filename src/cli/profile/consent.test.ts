import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { GIB } from '../../units/index.ts';
import type { Io } from '../command.ts';
import { askConsent } from './consent.ts';

const FORECAST = { heapUsedBytes: 2 * GIB, lowSeconds: 1.2, highSeconds: 4.7, needsConsent: true };

/** A person at a terminal, or nobody, who answers with a key. */
function io(
  isTTY: boolean,
  key = '',
): { readonly io: Io; readonly said: () => string; readonly released: () => boolean } {
  let said = '';
  let released = false;
  const output = {
    write: (text: string) => {
      said += text;
    },
    isTTY,
    columns: 80,
    rows: 24,
    colour: false,
  };
  return {
    io: {
      env: {},
      stdout: output,
      stderr: output,
      keys: {
        isTTY,
        start: (listener) => {
          setImmediate(listener, key);
          return () => {
            released = true;
          };
        },
      },
      onSignal: () => () => {},
      onExit: () => () => {},
    },
    said: () => said,
    released: () => released,
  };
}

describe('consent to a long pause', () => {
  it('is asked on a terminal, and anything but y is no', async () => {
    for (const [key, answer] of [
      ['y', true],
      ['Y', true],
      ['n', false],
      ['\r', false],
      ['\u0003', false],
    ] as const) {
      const person = io(true, key);
      assert.equal(await askConsent(FORECAST, false, person.io), answer, JSON.stringify(key));
      assert.equal(person.said(), 'pause a heap of 2.00 GiB for about 1.2 s to 4.7 s? [y/N] \n');
      assert.ok(person.released());
    }
  });

  it('is not asked where nobody could answer, or where it was given', async () => {
    const nobody = io(false);
    assert.equal(await askConsent(FORECAST, false, nobody.io), false);
    assert.equal(await askConsent(FORECAST, true, nobody.io), true);
    assert.equal(nobody.said(), '');
  });
});
