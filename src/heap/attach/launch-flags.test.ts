import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseLaunchFlags } from './launch-flags.ts';

const of = (args: string, environment = '') => parseLaunchFlags(args.replaceAll(' ', '\0'), environment);

describe('the flags that a process was started with', () => {
  it('say where its inspector opens', () => {
    const ports: readonly (readonly [string, number])[] = [
      ['node app.js', 9229],
      ['node --inspect-port=0 app.js', 0],
      ['node --inspect-port=127.0.0.1:9300 app.js', 9300],
      ['node --inspect=[::1]:9301 app.js', 9301],
      ['node --debug-port=9302 app.js', 9302],
      ['node --inspect_port=9303 app.js', 9303],
      ['node --inspect=9304 --inspect-port=9305 app.js', 9305],
      ['node --inspect app.js', 9229],
      ['node app.js --inspect-port=1', 9229],
    ];
    for (const [args, port] of ports) assert.equal(of(args).inspectPort, port, args);
  });

  it('say whether it was asked for at the start', () => {
    for (const args of ['node --inspect a.js', 'node --inspect-brk=0 a.js', 'node --inspect-wait a.js'])
      assert.ok(of(args).inspect, args);
    for (const args of ['node a.js', 'node --inspect-port=0 a.js', 'node --inspect-publish-uid=http a.js'])
      assert.ok(!of(args).inspect, args);
  });

  it('say why SIGUSR1 will not open it', () => {
    for (const flag of ['--disable-sigusr1', '--permission', '--experimental-permission'])
      assert.equal(of(`node ${flag} a.js`).refusal, flag);
    assert.equal(of('node a.js --permission').refusal, undefined);
  });

  it('come from NODE_OPTIONS too, which its own arguments overrule', () => {
    const environment = 'A=1\0NODE_OPTIONS=--disable-sigusr1  --inspect-port=9400\0B=2\0';
    assert.deepEqual(of('node a.js', environment), {
      refusal: '--disable-sigusr1',
      inspect: false,
      inspectPort: 9400,
    });
    assert.equal(of('node --inspect-port=0 a.js', environment).inspectPort, 0);
  });
});
