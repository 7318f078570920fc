// The page's own heap while it follows a live agent: read after a collection, by the browser's inspector.
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { openPage } from '../../test/web/browser.ts';

export interface HeapReading {
  readonly afterSeconds: number;
  readonly samples: number;
  readonly usedBytes: number;
}

export async function measureHeap(
  browser: Browser,
  url: string,
  seconds: number,
  everySeconds: number,
): Promise<HeapReading[]> {
  const { page } = await openPage(browser, url);
  await page.getByText('live', { exact: true }).waitFor();
  const inspector = await page.context().newCDPSession(page);
  const readings: HeapReading[] = [];
  for (let afterSeconds = 0; afterSeconds <= seconds; afterSeconds += everySeconds) {
    await inspector.send('HeapProfiler.collectGarbage');
    const { usedSize } = await inspector.send('Runtime.getHeapUsage');
    readings.push({ afterSeconds, samples: await samplesTotal(url), usedBytes: usedSize });
    await wait(everySeconds * 1000);
  }
  await page.context().close();
  return readings;
}

async function samplesTotal(url: string): Promise<number> {
  const response = await fetch(new URL('api/monitoring/status', url));
  const { data } = (await response.json()) as { data: { self: { samples_total: number } } };
  return data.self.samples_total;
}
