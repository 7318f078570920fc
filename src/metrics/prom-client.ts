// Of prom-client what the exposition needs. Its front door also loads what pushes to a gateway, what gathers from a cluster and
// what measures Node.js itself, and TLS with them: 10 MiB in every monitored service.
import { createRequire } from 'node:module';
import type * as PromClient from 'prom-client';

const require = createRequire(import.meta.url);

const part = <Name extends 'Registry' | 'Counter' | 'Gauge'>(file: string): (typeof PromClient)[Name] =>
  require(`prom-client/lib/${file}`) as (typeof PromClient)[Name];

export const Registry = part<'Registry'>('registry.js');
export const Counter = part<'Counter'>('counter.js');
export const Gauge = part<'Gauge'>('gauge.js');
