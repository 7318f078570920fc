import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, uptime } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createManualClock } from '../../test/manual-clock.ts';
import { BootTime } from './boot-time.ts';

describe('boot time', () => {
  let procRoot = '';
  beforeEach(() => {
    procRoot = mkdtempSync(join(tmpdir(), 'plimsoll-boot-'));
  });
  afterEach(() => rmSync(procRoot, { recursive: true }));
  const bootAt = (seconds: number): void =>
    writeFileSync(join(procRoot, 'stat'), `cpu 1 1 1 1\nbtime ${seconds}\n`);

  it('is read again only when the wall clock was set', async () => {
    const clock = createManualClock();
    const boot = new BootTime(procRoot, clock);
    bootAt(1000);
    assert.equal(boot.atSeconds(), 1000);
    bootAt(2000);
    await clock.advance(86_400);
    clock.jump(0.5);
    assert.equal(boot.atSeconds(), 1000);
    clock.jump(-3600);
    assert.equal(boot.atSeconds(), 2000);
  });

  it('is reckoned from the uptime where the kernel does not tell', () => {
    const clock = createManualClock();
    const expected = clock.wallSeconds() - uptime();
    assert.ok(Math.abs(new BootTime('/nonexistent', clock).atSeconds() - expected) < 1);
    writeFileSync(join(procRoot, 'stat'), 'nonsense');
    assert.ok(Math.abs(new BootTime(procRoot, clock).atSeconds() - expected) < 1);
  });
});
