import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createFakeMonitor } from '../../../test/api/fake-monitor.ts';
import { presentHotspots } from './hotspots.ts';

it('shows the process seen last where a pid was reused', () => {
  const monitor = createFakeMonitor();
  const [trend] = monitor.hotspots().processTrends;
  assert.ok(trend);
  const gone = {
    ...trend,
    startTicks: 1,
    name: 'gone',
    lastSeenSeconds: trend.lastSeenSeconds - 60,
    history: [],
  };
  for (const processTrends of [
    [trend, gone],
    [gone, trend],
  ]) {
    const hotspots = () => ({ processTrends, slowQueries: [], slowEndpoints: [] });
    const { diagnostics } = presentHotspots({ ...monitor, hotspots });
    assert.equal(diagnostics.process_trends['4211']?.name, 'node');
    assert.equal(diagnostics.process_history_raw['4211']?.length, 2);
  }
});

it('has no start time for a process that the newest scan no longer saw', () => {
  const monitor = createFakeMonitor();
  monitor.script.latest = undefined;
  assert.ok(!('start_time' in (presentHotspots(monitor).diagnostics.process_trends['4211'] ?? {})));
});
