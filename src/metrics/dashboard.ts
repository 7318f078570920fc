// The Grafana dashboard that ships in the package, for the metrics prefix in force.
import { readFileSync } from 'node:fs';
import { DEFAULT_PREFIX } from './families.ts';

/** The same distance from src/metrics and from dist/metrics. */
const DASHBOARD = new URL('../../deploy/grafana/plimsoll.json', import.meta.url);

/**
 * The dashboard's JSON. Only metric names contain the default prefix, and a prefix has no character that JSON would escape,
 * so it is replaced in the text.
 */
export function dashboard(prefix: string): string {
  return readFileSync(DASHBOARD, 'utf8').replaceAll(DEFAULT_PREFIX, prefix);
}
