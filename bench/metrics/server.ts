// A bare HTTP server in a process of its own, so that its CPU can be told from the scraper's. `plimsoll` answers with the
// exposition, which gets a new reading each second (ten times as often as by default); `constant` with a text of the same size.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createExposition } from '../../src/metrics/index.ts';
import { measuredReading } from './reading.ts';

export interface ServerReport {
  readonly cpuMicroseconds: number;
}

const UPDATE_MILLISECONDS = 1000;

const exposition = createExposition({ prefix: 'vertex_ar_' });
exposition.update(() => measuredReading());
const constant = await exposition.text(undefined);
const isConstant = process.argv[2] === 'constant';

const server = createServer((request, response) => {
  const text = isConstant ? Promise.resolve(constant) : exposition.text(request.headers.accept);
  void text.then(({ contentType, body }) => response.setHeader('content-type', contentType).end(body));
});
const timer = setInterval(() => exposition.update(() => measuredReading()), UPDATE_MILLISECONDS);

server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMicroseconds: user + system } satisfies ServerReport);
});
process.on('disconnect', () => {
  clearInterval(timer);
  server.close();
  server.closeAllConnections();
});
