// The first load that an agent answers in its life: as many agents as rounds, each started anew on the same history.
import { setTimeout as wait } from 'node:timers/promises';
import type { Browser } from 'playwright-core';
import { startBuiltAgent } from './built-agent.ts';
import { type FirstView, measureFirstView } from './first-view.ts';

export async function measureFreshAgents(
  browser: Browser,
  dataDir: string,
  rounds: number,
  ageSeconds: number,
): Promise<FirstView> {
  const views: FirstView[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const agent = await startBuiltAgent(['--data', dataDir]);
    await wait(ageSeconds * 1000);
    views.push(await measureFirstView(browser, agent.url, 1));
    await agent.stop();
  }
  const [first] = views as [FirstView, ...FirstView[]];
  return { ...first, completeMs: views.flatMap(({ completeMs }) => completeMs) };
}
