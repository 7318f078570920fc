// The service that is measured: parses an order, adds it up, answers it as JSON. `/cost` tells its own CPU and RSS.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Order {
  readonly id: number;
  readonly lines: readonly { readonly name: string; readonly price: number; readonly quantity: number }[];
}

function priced(order: Order): object {
  const lines = order.lines.map((line) => ({ ...line, total: line.price * line.quantity }));
  return { ...order, lines, total: lines.reduce((sum, { total }) => sum + total, 0) };
}

const server = createServer((request, response) => {
  if (request.url === '/cost') {
    const { user, system } = process.cpuUsage();
    response.end(JSON.stringify({ cpuSeconds: (user + system) / 1e6, rssBytes: process.memoryUsage.rss() }));
    return;
  }
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => response.end(JSON.stringify(priced(JSON.parse(body) as Order))));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
// Whoever measures has gone.
process.on('disconnect', () => process.exit());
