// The services that are measured, and what is preloaded into each: nothing, nothing again (A/A), nothing but what the monitor does for
// process.nextTick, the monitor as an operator may set it, and the peer.
import { join } from 'node:path';

/** As it is installed: from the sources, stripping their types would be measured too. */
const REGISTER = join(import.meta.dirname, '../../dist/register.js');
const TICK_HOLD = join(import.meta.dirname, 'tick-hold.mjs');
const PYROSCOPE = join(import.meta.dirname, 'pyroscope.mjs');

const PROFILING = { MONITORING_PORT: '0', MONITORING_TRACEMALLOC_ENABLED: 'true' };

export interface Variant {
  readonly name: string;
  readonly preloads: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
}

/** Nothing is preloaded: what the others are compared with. */
export const isPlain = ({ preloads }: Variant): boolean => preloads.length === 0;

const VARIANTS: readonly Variant[] = [
  { name: 'without the monitor', preloads: [], environment: {} },
  { name: 'A/A: without it again', preloads: [], environment: {} },
  { name: 'without it, nextTick quick', preloads: [TICK_HOLD], environment: {} },
  { name: 'monitor, no profiling', preloads: [REGISTER], environment: { MONITORING_PORT: '0' } },
  {
    name: 'profiling, inlining kept',
    preloads: [REGISTER],
    environment: { ...PROFILING, MONITORING_TRACEMALLOC_INLINING: 'true' },
  },
  { name: 'profiling (the default)', preloads: [REGISTER], environment: PROFILING },
  {
    name: "profiling, V8's inlining off",
    preloads: [REGISTER],
    environment: { ...PROFILING, MONITORING_TRACEMALLOC_PADDING: 'false' },
  },
];

export interface Peers {
  readonly folder: string;
  readonly installed: readonly string[];
  readonly sinkUrl: string;
}

export function variantsWith({ folder, installed, sinkUrl }: Peers): readonly Variant[] {
  if (!installed.includes('@pyroscope/nodejs')) return VARIANTS;
  const environment = { PEERS_FOLDER: folder, PYROSCOPE_SERVER: sinkUrl };
  return [...VARIANTS, { name: '@pyroscope/nodejs, heap profile', preloads: [PYROSCOPE], environment }];
}

/** Arguments of the service, by its name. */
export function servicesWith({ folder, installed }: Peers): Readonly<Record<string, readonly string[]>> {
  return {
    'node:http': ['http'],
    ...(installed.includes('fastify') && { fastify: ['fastify', folder] }),
  };
}
