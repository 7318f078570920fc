// The seed's hotspots: process trends, slow queries, slow endpoints and snapshots in one answer.
import { z } from 'zod';
import { processPoint, processTrend } from './process.ts';
import { snapshot } from './profiling.ts';
import { count, megabytes, timestamp } from './scalar.ts';

const milliseconds = z.number().describe('milliseconds, two decimals');
const byPid = z.string().regex(/^\d+$/);

export const slowQuery = z.strictObject({
  timestamp,
  query: z.string(),
  duration_ms: milliseconds,
  params: z.string().nullable(),
});

export const slowEndpoint = z.strictObject({
  timestamp,
  method: z.string(),
  path: z.string(),
  duration_ms: milliseconds,
  status_code: z.int(),
});

export const hotspots = z.strictObject({
  config: z.strictObject({
    slow_query_threshold_ms: milliseconds,
    slow_query_ring_size: count,
    slow_endpoint_threshold_ms: milliseconds,
    slow_endpoint_ring_size: count,
    process_history_size: count,
    tracemalloc_enabled: z.boolean(),
    tracemalloc_threshold_mb: megabytes,
    tracemalloc_top_n: count,
  }),
  diagnostics: z.strictObject({
    process_trends: z.record(byPid, processTrend),
    process_history_raw: z.record(byPid, z.array(processPoint)),
    slow_queries: z.strictObject({
      count,
      threshold_ms: milliseconds,
      queries: z.array(slowQuery).describe('the slowest first'),
    }),
    slow_endpoints: z.strictObject({
      count,
      threshold_ms: milliseconds,
      endpoints: z.array(slowEndpoint).describe('the slowest first'),
    }),
    memory_snapshots: z.strictObject({
      count,
      enabled: z.boolean(),
      threshold_mb: megabytes,
      snapshots: z.array(snapshot),
    }),
  }),
});
