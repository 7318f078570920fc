// What a page of one paragraph takes, served from the same loopback and measured in the same way: the share of a first view that is
// the browser's and the machine's own.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { type FirstView, measureFirstView } from './first-view.ts';

export async function measureEmptyPage(browser: Browser, rounds: number): Promise<FirstView> {
  const server = createServer((_, response) => {
    response.setHeader('content-type', 'text/html').end('<!doctype html><title>Empty</title><p>nothing</p>');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    return await measureFirstView(
      browser,
      `http://127.0.0.1:${port}/`,
      rounds,
      "document.querySelector('p')",
    );
  } finally {
    server.close();
  }
}
