// One comparison in a process of its own, as the command makes it: prints what it cost, the start of Node.js included. Of the build:
// from the sources, stripping their types would be measured too, in both threads.
type Pair = typeof import('../../src/cli/diff/profile-pair.ts');
type Profiles = typeof import('../../src/profile/index.ts');

const load = async <Module>(path: string): Promise<Module> =>
  (await import(new URL(`../../dist/${path}`, import.meta.url).href)) as Module;
const { readProfilePair } = await load<Pair>('cli/diff/profile-pair.js');
const { diffSites } = await load<Profiles>('profile/index.js');

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
