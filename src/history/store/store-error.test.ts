import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { diskFaultOf } from './store-error.ts';

const sqliteError = (errcode: number) => Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });

describe('an error of the disk', () => {
  it('is told by its SQLite code, extended ones too', () => {
    assert.equal(diskFaultOf(sqliteError(5)), 'in-use');
    assert.equal(diskFaultOf(sqliteError(11)), 'corrupt');
    assert.equal(diskFaultOf(sqliteError(26)), 'corrupt');
    assert.equal(diskFaultOf(sqliteError(13)), 'full');
    assert.equal(diskFaultOf(sqliteError(10 | (4 << 8))), 'failing');
    assert.equal(diskFaultOf(sqliteError(8 | (1 << 8))), 'failing');
  });

  it('is told by its errno', () => {
    assert.equal(diskFaultOf(Object.assign(new Error('x'), { code: 'ENOSPC' })), 'full');
    assert.equal(diskFaultOf(Object.assign(new Error('x'), { code: 'EACCES' })), 'denied');
  });

  it('is none where the program is wrong', () => {
    assert.equal(diskFaultOf(new TypeError('x is not a function')), 'other');
    assert.equal(diskFaultOf('text'), 'other');
  });
});
