// The demonstration's service: a small HTTP shop on loopback that is its own and only customer. It knows nothing of the monitor
// that `plimsoll demo` puts inside it, as a service of anyone's would not.
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getHeapStatistics } from 'node:v8';
import { GIB } from '../../units/index.ts';
import { openOrderBook } from './orders.ts';

/** At about 100 KiB an order: slow enough to be judged, and looked at, for a quarter of an hour before the ceiling. */
const ORDERS_PER_SECOND = 3;
/** Of what the machine or the container can still give, and never more than a quarter of a GiB. */
const SHARE_OF_AVAILABLE = 0.1;

const ceilingBytes = Math.min(GIB / 4, process.availableMemory() * SHARE_OF_AVAILABLE);
const orders = openOrderBook(ceilingBytes, () => getHeapStatistics().used_heap_size);

const server = createServer((incoming, response) => {
  const kept = orders.take(incoming.url ?? '/');
  response.end(`thank you; ${kept} orders remembered\n`);
});

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  setInterval(() => placeOrder(port), 1000 / ORDERS_PER_SECOND);
});

function placeOrder(port: number): void {
  const order = request({ host: '127.0.0.1', port, method: 'POST', path: '/orders' }, (response) =>
    response.resume(),
  );
  // An order that fails while the service ends is lost, as orders are.
  order.on('error', () => {});
  order.end();
}

// The channel to `plimsoll demo` closes when that dies, however it dies.
process.on('disconnect', () => process.exit());
