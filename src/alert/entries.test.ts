import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { AlertEntry, Severity } from '../model/index.ts';
import { statusOf } from './entries.ts';

function entry(severity: Severity, transient = false): AlertEntry {
  const plain = { key: 'high_memory', type: 'memory', severity, message: '', sinceSeconds: 0 } as const;
  return transient ? { ...plain, transient } : plain;
}

describe('statusOf', () => {
  const cases = [
    { entries: [], status: 'healthy' },
    { entries: [entry('warning', true)], status: 'warning' },
    { entries: [entry('warning')], status: 'warning' },
    { entries: [entry('medium')], status: 'warning' },
    { entries: [entry('high')], status: 'critical' },
    { entries: [entry('critical')], status: 'critical' },
    { entries: [entry('medium'), entry('high')], status: 'critical' },
  ];
  for (const { entries, status } of cases) {
    it(`is ${status} with [${entries.map(({ severity }) => severity).join(', ')}]`, () => {
      assert.equal(statusOf(entries), status);
    });
  }
});
