import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostnameOf, isLoopback } from './loopback.ts';

describe('loopback', () => {
  it('is localhost, 127.0.0.0/8 and ::1, however they are written', () => {
    for (const name of [
      'localhost',
      'LOCALHOST',
      '127.0.0.1',
      '127.255.0.9',
      '::1',
      '0:0:0:0:0:0:0:1',
      '::ffff:127.0.0.1',
    ])
      assert.ok(isLoopback(name), name);
  });

  it('is nothing else', () => {
    for (const name of [
      '',
      '0.0.0.0',
      '::',
      '128.0.0.1',
      '10.0.0.1',
      'localhost.example.org',
      '127.0.0.1.example.org',
      '::2',
      '1270.0.0.1',
    ])
      assert.ok(!isLoopback(name), name);
  });
});

describe('the host name of an authority', () => {
  it('has no port and no brackets', () => {
    const cases = {
      'localhost:9487': 'localhost',
      '127.0.0.1': '127.0.0.1',
      '[::1]:80': '::1',
      '127.1': '127.0.0.1',
    };
    for (const [authority, name] of Object.entries(cases)) assert.equal(hostnameOf(authority), name);
  });

  it('is undefined where there is none', () => {
    for (const authority of [
      '',
      'a b',
      'evil@localhost',
      'localhost/x',
      'localhost:x',
      'local\u0000host',
      '[::1',
      'a:1:2',
    ])
      assert.equal(hostnameOf(authority), undefined, authority);
  });
});
