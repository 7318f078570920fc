// The scalars that the wire's records are made of, each with the words the OpenAPI document shows.
import { z } from 'zod';

export const timestamp = z.iso.datetime().describe('ISO 8601, UTC');
export const megabytes = z.number().describe('bytes / 1024², two decimals');
export const gigabytes = z.number().describe('bytes / 1024³');
export const percent = z.number().describe('0 to 100');
export const cpuPercent = z.number().describe('of one processor, so up to 100 × processors');
export const bytes = z.number().describe('bytes');
export const seconds = z.number().describe('seconds');
export const interval = z.strictObject({ low: z.number(), high: z.number() });
export const count = z.int().min(0);
export const trendDirection = z.enum(['increasing', 'decreasing', 'stable', 'insufficient_data']);
export const limitMegabytes = megabytes.nullable().describe('bytes / 1024²; null: there is no limit');
