import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  mapped,
  nameList,
  number,
  oneOf,
  optional,
  otherwise,
  text,
  time,
  wholeNumber,
} from './parameter.ts';

const REFUSED = 'refused';
const read = <Value>(parameter: { read(text?: string): { value: Value } | object }, written?: string) => {
  const outcome = parameter.read(written);
  return 'value' in outcome ? outcome.value : REFUSED;
};

describe('a parameter', () => {
  it('that is a number takes decimal digits within its bounds, and nothing else that Number() takes', () => {
    const [any, whole] = [number(0, 100), wholeNumber(0, 100)];
    assert.deepEqual(
      ['0', '2.5', '100'].map((given) => read(any, given)),
      [0, 2.5, 100],
    );
    assert.deepEqual(
      ['0', '100'].map((given) => read(whole, given)),
      [0, 100],
    );
    for (const given of ['', ' 5', '0x10', '1e1', '+1', '-1', '101', 'NaN', '5.', undefined]) {
      assert.equal(read(any, given), REFUSED, given);
      assert.equal(read(whole, given), REFUSED, given);
    }
    assert.equal(read(whole, '2.5'), REFUSED);
    assert.equal(read(wholeNumber(0, Number.MAX_SAFE_INTEGER), '9007199254740993'), REFUSED);
  });

  it('that is one of some names, or a list of them, takes those alone', () => {
    const names = ['rss', 'cpu'] as const;
    assert.equal(read(oneOf(names), 'cpu'), 'cpu');
    assert.equal(read(oneOf(names), 'CPU'), REFUSED);
    assert.deepEqual(read(nameList(names), 'cpu,rss,cpu'), ['cpu', 'rss']);
    for (const given of ['', 'cpu,', 'cpu,age', undefined])
      assert.equal(read(nameList(names), given), REFUSED);
  });

  it('that is text is bounded', () => {
    assert.equal(read(text(1, 3), 'abc'), 'abc');
    for (const given of ['', 'abcd', undefined]) assert.equal(read(text(1, 3), given), REFUSED);
    assert.equal(read(text(0, 3), ''), '');
  });

  it('that is a time has a zone and is a day that there is', () => {
    const at = Date.UTC(2026, 1, 28, 12) / 1000;
    for (const given of ['2026-02-28T12:00Z', '2026-02-28T12:00:00.000Z', '2026-02-28T13:00:00+01:00'])
      assert.equal(read(time(), given), at, given);
    for (const given of [
      '2026-02-30T12:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-02-28T12:00:00',
      '2026-02-28',
      '5',
      '',
    ])
      assert.equal(read(time(), given), REFUSED, given);
  });

  it('takes every time that a clock writes', () => {
    const dates = fc.date({ min: new Date(0), max: new Date('9999-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(dates, (date) => assert.equal(read(time(), date.toISOString()), date.getTime() / 1000)),
    );
  });

  it('that may be absent stands for nothing, or for what is said instead; one that is wrong never does', () => {
    const given = wholeNumber(1, 9);
    assert.equal(read(optional(given)), undefined);
    assert.equal(read(otherwise(given, 5)), 5);
    assert.equal(read(mapped(otherwise(given, 5), (value) => value * 2)), 10);
    for (const parameter of [optional(given), otherwise(given, 5)])
      assert.equal(read(parameter, '10'), REFUSED);
    assert.equal(otherwise(given, 5).schema.default, 5);
  });
});
