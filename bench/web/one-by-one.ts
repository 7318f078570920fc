// For benchmarks that hand out answers of their own: the page asks one by one where its first request, for all at once, fails.
import type { Page } from 'playwright-core';

export async function askOneByOne(page: Page): Promise<void> {
  await page.route('**/api/monitoring/batch?*', (route) => route.abort());
}
