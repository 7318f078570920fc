// Every route that answers out of the monitor alone.
import type { Route } from '../route.ts';
import { ALERT_ROUTES } from './alerts.ts';
import { HISTORY_ROUTES } from './history.ts';
import { OVERVIEW_ROUTES } from './overview.ts';
import { PROBE_ROUTES } from './probes.ts';
import { PROCESS_ROUTES } from './processes.ts';
import { PROFILING_ROUTES } from './profiling.ts';
import { SETTINGS_ROUTES } from './settings.ts';

export const MONITOR_ROUTES: readonly Route[] = [
  ...PROBE_ROUTES,
  ...OVERVIEW_ROUTES,
  ...PROCESS_ROUTES,
  ...HISTORY_ROUTES,
  ...ALERT_ROUTES,
  ...SETTINGS_ROUTES,
  ...PROFILING_ROUTES,
];
