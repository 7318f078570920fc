// Load on one service, and what it cost it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { join } from 'node:path';

const CONNECTIONS = 16;

/**
 * One size of the young generation for every process. V8 begins with 1 MiB, doubles it when as much has survived, and goes back to 1
 * at some collections of an idle process and not at others. Collections came to 4 % of this service's time at 8 MiB and to 11 % at 2
 * (--trace-gc): left to chance, that would be more than anything measured here.
 */
const YOUNG_GENERATION = [
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
  '--import',
  join(import.meta.dirname, 'young-generation.mjs'),
];

/**
 * Of 2 KB, with many fields. V8 caches how the names of properties are written as JSON in 64 places, by address: with few names it is
 * chance whether two of them share one, and a process where they do takes 4 % more of its time for it.
 */
const BODY = JSON.stringify({
  id: 7,
  customer: 'c-1042',
  createdAt: '2026-11-02T08:30:00Z',
  currency: 'EUR',
  channel: 'web',
  shipping: { street: 'Long Row 4', city: 'Bristol', postcode: 'BS1 5TR', country: 'GB' },
  lines: Array.from({ length: 16 }, (_, i) => ({
    sku: `a-${i}`,
    name: `article ${i}`,
    price: i + 0.5,
    quantity: i % 5,
    taxRate: 0.2,
    weightGrams: 120 + i,
    gift: i % 3 === 0,
    note: null,
  })),
});

export interface Cost {
  readonly cpuSeconds: number;
  readonly rssBytes: number;
}

export interface Service {
  readonly cost: () => Promise<Cost>;
  /** As after a long life: see the service. */
  readonly settle: () => Promise<unknown>;
  /** Milliseconds each request took. */
  readonly serve: (requests: number) => Promise<readonly number[]>;
  readonly stop: () => void;
}

/** @param preloads modules that are imported before the service. */
export async function startService(
  service: readonly string[],
  preloads: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Service> {
  const flags = [
    ...YOUNG_GENERATION,
    '--disable-warning=ExperimentalWarning',
    ...preloads.flatMap((file) => ['--import', file]),
  ];
  const child: ChildProcess = spawn(
    process.execPath,
    [...flags, join(import.meta.dirname, 'service.ts'), ...service],
    { env: { PATH: process.env.PATH, ...environment }, stdio: ['ignore', 'inherit', 'ignore', 'ipc'] },
  );
  const [port] = (await once(child, 'message')) as [number];
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const ask = (path: string, body?: string): Promise<string> => send(port, agent, path, body);
  return {
    cost: async () => JSON.parse(await ask('/cost')) as Cost,
    settle: () => ask('/settle'),
    serve: (requests) => serve(requests, () => ask('/order', BODY)),
    stop: () => {
      agent.destroy();
      child.kill('SIGKILL');
    },
  };
}

async function serve(requests: number, once: () => Promise<unknown>): Promise<readonly number[]> {
  const took: number[] = [];
  const connection = async (): Promise<void> => {
    while (took.length < requests) {
      const startedAt = performance.now();
      await once();
      took.push(performance.now() - startedAt);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, connection));
  return took;
}

function send(port: number, agent: Agent, path: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const headers = body === undefined ? {} : { 'content-type': 'application/json' };
    const sent = request({ port, host: '127.0.0.1', agent, path, method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve(text));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
