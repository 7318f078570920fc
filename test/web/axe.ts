// axe-core in the page: what a person with a screen reader, a keyboard or weak eyes would stumble over.
import axe from 'axe-core';
import type { Page } from 'playwright-core';

const STOPS_SOMEBODY = ['serious', 'critical'];

/** One line a finding that is serious or worse. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }),
  );
  return violations
    .filter(({ impact }) => STOPS_SOMEBODY.includes(impact ?? ''))
    .map(
      ({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`,
    );
}
