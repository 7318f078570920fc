import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assertNeverWrongWhenCut, assertParsesOrRefuses } from '../../../test/host/kernel-text.ts';
import { parsePidStatm } from './pid-statm.ts';

const parse = (text: string): unknown => parsePidStatm(Buffer.from(text), Buffer.byteLength(text));

describe('pid statm', () => {
  it('reads size and resident pages', () => {
    assert.deepEqual(parse('264302 26524 12908 6804 0 41236 0\n'), {
      sizePages: 264_302,
      residentPages: 26_524,
    });
    assert.deepEqual(parse('0 0 0 0 0 0 0\n'), { sizePages: 0, residentPages: 0 });
  });

  it('never gives a wrong figure when the text is cut', () => {
    assertNeverWrongWhenCut('264302 26524 12908 6804 0 41236 0\n', parse);
  });

  it('refuses anything else', () => {
    for (const text of ['', '12', '12 ', '12 34', '-1 2 ', ' 1 2 ', '1.5 2 ', `${'9'.repeat(16)} 1 `]) {
      assert.throws(() => parse(text), { code: 'KERNEL_FILE_MALFORMED', file: '[pid]/statm' }, text);
    }
  });

  it('parses or refuses', () => {
    assertParsesOrRefuses('264302 26524 12908 6804 0 41236 0\n', parse);
  });
});
