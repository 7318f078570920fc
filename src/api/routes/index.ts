// Every route there is, in the order the documentation lists them.
import type { Route } from '../route.ts';
import { ALERT_ROUTES } from './alerts.ts';
import { BATCH_ROUTE } from './batch.ts';
import { EVENT_ROUTE } from './events.ts';
import { HISTORY_ROUTES } from './history.ts';
import { MARKS_ROUTE } from './marks.ts';
import { METRICS_ROUTE } from './metrics.ts';
import { OPENAPI_ROUTE } from './openapi.ts';
import { OVERVIEW_ROUTES } from './overview.ts';
import { PAGE_ROUTE } from './page.ts';
import { PROBE_ROUTES } from './probes.ts';
import { PROCESS_PROFILE_ROUTE } from './process-profile.ts';
import { PROCESS_ROUTES } from './processes.ts';
import { PROFILING_ROUTES } from './profiling.ts';
import { SETTINGS_ROUTES } from './settings.ts';
import { TRACEMALLOC_ROUTES } from './tracemalloc.ts';

export const ROUTES: readonly Route[] = [
  ...PROBE_ROUTES,
  METRICS_ROUTE,
  ...OVERVIEW_ROUTES,
  ...PROCESS_ROUTES,
  PROCESS_PROFILE_ROUTE,
  ...HISTORY_ROUTES,
  MARKS_ROUTE,
  ...ALERT_ROUTES,
  ...SETTINGS_ROUTES,
  ...PROFILING_ROUTES,
  ...TRACEMALLOC_ROUTES,
  BATCH_ROUTE,
  EVENT_ROUTE,
  OPENAPI_ROUTE,
  PAGE_ROUTE,
];
