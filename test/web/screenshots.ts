// Pictures of the page, kept for whoever wants to look: artifacts/web/<view>-<width>-<scheme>.png
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { NARROW, type Scheme, WIDE } from './browser.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'artifacts', 'web');

export async function keepScreenshot(page: Page, view: string, scheme: Scheme): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const width = page.viewportSize()?.width ?? 0;
  await page.screenshot({ path: join(FOLDER, `${view}-${width}-${scheme}.png`) });
}

/** On a desk and on a phone, light and dark; leaves the page on the desk. */
export async function keepInEachForm(page: Page, view: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    for (const viewport of [NARROW, WIDE]) {
      await page.setViewportSize(viewport);
      await keepScreenshot(page, view, scheme);
    }
  }
}
