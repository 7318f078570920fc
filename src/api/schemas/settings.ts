// Settings as they are in force, and the bodies that change them.
import { z } from 'zod';
import { megabytes, percent } from './scalar.ts';

const settingValue = z.union([z.number(), z.boolean(), z.string(), z.array(z.string())]).nullable();

export const setting = z.strictObject({
  name: z.string().describe('environment variable'),
  key: z.string().describe('what a change calls it'),
  value: settingValue.describe('null: unset; secrets show as "***"'),
  default: settingValue,
  source: z.enum(['default', 'file', 'environment', 'option', 'runtime']),
  unit: z.string().nullable(),
  runtime: z.boolean().describe('whether it can be changed while the monitor runs'),
  help: z.string(),
  allowed: z.string(),
});

export const settings = z.strictObject({ settings: z.array(setting) });

export const settingsChanged = z.strictObject({
  changed: z.array(setting).describe('the settings named in the request, as they are in force now'),
  persisted: z.boolean().describe('whether the change outlives a restart'),
});

export const thresholdsChanged = z.strictObject({
  thresholds: z.strictObject({ memory: percent, process_rss_mb: megabytes }),
  persisted: z.boolean().describe('whether the change outlives a restart'),
});

export const thresholdsBody = z
  .strictObject({
    memory_threshold: z.number().nullable().optional().describe('per cent, above 0, at most 100'),
    process_rss_threshold_mb: z.number().nullable().optional().describe('MiB, above 0'),
  })
  .describe('null takes a run-time change back');

export const settingsBody = z
  .record(z.string(), settingValue)
  .describe(
    'a setting by its key (memory_threshold) or its environment name; null takes a run-time change back',
  );
