// One comparison in a process of its own, as the command makes it: prints what it cost, the start of Node.js included.
import { readProfilePair } from '../../src/cli/diff/profile-pair.ts';
import { diffSites } from '../../src/profile/index.ts';

export interface DiffCost {
  /** Since the process started. */
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly maxRssBytes: number;
  readonly stackCount: number;
}

const [before = '', after = ''] = process.argv.slice(2);
const profiles = await readProfilePair(before, after);
diffSites(...profiles, 'site', 20);
const { user, system } = process.cpuUsage();
const cost: DiffCost = {
  wallSeconds: performance.now() / 1000,
  cpuSeconds: (user + system) / 1e6,
  maxRssBytes: process.resourceUsage().maxRSS * 1024,
  stackCount: Math.min(...profiles.map(({ samples }) => samples.stack.length)),
};
process.stdout.write(JSON.stringify(cost));
