import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { leadOf } from './advice.ts';

const leak = { key: 'memory_leak', message: 'Memory leak: node[4211] leaking 38.0 MiB/h' } as const;

describe('where an incident leads', () => {
  it('is to the line, where the monitor is inside the service', () => {
    assert.deepEqual(leadOf(leak, 'service'), { view: 'heap', link: 'who allocates' });
  });

  it('is to the process that it names, from the agent', () => {
    assert.deepEqual(leadOf(leak, 'agent'), { view: 'process', pid: 4211, link: 'process 4211' });
    assert.equal(leadOf({ ...leak, message: 'Memory leak: host leaking' }, 'agent').view, 'processes');
  });

  it('is to what helps with it', () => {
    assert.equal(leadOf({ key: 'high_memory', message: '' }, 'agent').view, 'processes');
    assert.equal(leadOf({ key: 'monitoring_failure', message: '' }, 'service').view, 'settings');
  });
});
