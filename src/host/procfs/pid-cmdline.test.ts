import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { parseCommand, programName } from './pid-cmdline.ts';

const command = (text: string): string => parseCommand(Buffer.from(text, 'latin1'));
const program = (text: string): string => Buffer.from(programName(Buffer.from(text))).toString();

describe('pid cmdline', () => {
  it('joins the arguments by blanks', () => {
    assert.equal(
      command('node\0--import\0plimsoll/register\0app.js\0'),
      'node --import plimsoll/register app.js',
    );
    assert.equal(command('node\0\0x\0'), 'node  x');
  });

  it('reads a title written over the arguments', () => {
    assert.equal(command('orders-api (blue)\0\0\0\0\0'), 'orders-api (blue)');
    assert.equal(command('nginx: worker process'), 'nginx: worker process');
  });

  it('is empty for kernel threads', () => {
    assert.equal(command(''), '');
    assert.equal(program(''), '');
  });

  it('replaces bytes that are no UTF-8', () => {
    assert.equal(command('caf\xe9\0'), 'caf�');
  });

  it('finds the program’s file name', () => {
    assert.equal(program('/usr/bin/gnome-keyring-daemon\0--start\0'), 'gnome-keyring-daemon');
    assert.equal(program('sleep\0/etc/x\0'), 'sleep');
    assert.equal(program('postgres: writer process\0'), 'postgres:');
    assert.equal(program('/opt/my app/run\0--all\0'), 'run');
  });

  it('reads whatever a process wrote there', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        assert.ok(!parseCommand(bytes).includes('\0'));
        assert.ok(programName(bytes).length <= bytes.length);
      }),
    );
  });
});
