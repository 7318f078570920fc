import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { payloadOf } from './payload.ts';

describe('payloadOf', () => {
  it('has these fields and no others', () => {
    const payload = payloadOf(
      {
        id: 'high_memory-1736942400000-1-2',
        incidentId: 'high_memory-1736942400000-1',
        kind: 'resolved',
        key: 'high_memory',
        type: 'memory',
        severity: 'medium',
        toldSeverities: ['high', 'medium'],
        title: 'High memory usage',
        message: 'Resolved after 5 min. Last seen: High memory usage: 91.2% (21.3GB used)',
        startedAtSeconds: 1_736_942_400,
        atSeconds: 1_736_942_700.25,
      },
      'db-1',
    );
    assert.deepEqual(payload, {
      version: 1,
      id: 'high_memory-1736942400000-1-2',
      incident_id: 'high_memory-1736942400000-1',
      status: 'resolved',
      key: 'high_memory',
      type: 'memory',
      severity: 'medium',
      priority: 'MEDIUM',
      title: 'High memory usage',
      message: 'Resolved after 5 min. Last seen: High memory usage: 91.2% (21.3GB used)',
      host: 'db-1',
      started_at: '2025-01-15T12:00:00.000Z',
      timestamp: '2025-01-15T12:05:00.250Z',
    });
  });
});
