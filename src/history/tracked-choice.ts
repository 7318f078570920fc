// Which processes are worth a history: the largest, those that grow, those that work, and our own. Growth is how far a quick
// average of RSS is above a slow one: what was gained lately, without the to and fro of garbage collections. A process that
// is tracked has a start over one that is not: two that are level would otherwise take turns and neither had a history.
import type { Bytes, Percent, Ratio, Seconds } from '../units/index.ts';
import { largest } from './largest.ts';

/** What is remembered of a process from one scan to the next. */
export interface Tendency {
  recentRssBytes: Bytes;
  usualRssBytes: Bytes;
  recentCpuPercent: Percent;
}

const RECENT_HALF_LIFE_SECONDS: Seconds = 60;
const USUAL_HALF_LIFE_SECONDS: Seconds = 1800;

/** By this much of its score an untracked process has to be ahead of a tracked one to take its place. */
const HEAD_START: Ratio = 0.5;
/** Growth and work below these are noise; their places go to the next largest. */
const LEAST_GROWTH_BYTES: Bytes = 1024 ** 2;
const LEAST_GROWTH: Ratio = 0.02;
const LEAST_CPU_PERCENT: Percent = 1;

/** How far the averages move towards a new value after so much time; not at all when the clock went back. */
export interface Pace {
  readonly recent: Ratio;
  readonly usual: Ratio;
}

export function paceAfter(elapsedSeconds: Seconds): Pace {
  const towards = (halfLife: Seconds) => 1 - 0.5 ** (Math.max(0, elapsedSeconds) / halfLife);
  return { recent: towards(RECENT_HALF_LIFE_SECONDS), usual: towards(USUAL_HALF_LIFE_SECONDS) };
}

export function startTendency(rssBytes: Bytes, cpuPercent: Percent): Tendency {
  return { recentRssBytes: rssBytes, usualRssBytes: rssBytes, recentCpuPercent: cpuPercent };
}

export function follow(tendency: Tendency, rssBytes: Bytes, cpuPercent: Percent, pace: Pace): void {
  tendency.recentRssBytes += (rssBytes - tendency.recentRssBytes) * pace.recent;
  tendency.usualRssBytes += (rssBytes - tendency.usualRssBytes) * pace.usual;
  tendency.recentCpuPercent += (cpuPercent - tendency.recentCpuPercent) * pace.recent;
}

function growthOf({ recentRssBytes, usualRssBytes }: Tendency): Bytes {
  const growth = recentRssBytes - usualRssBytes;
  return growth >= usualRssBytes * LEAST_GROWTH ? growth : 0;
}

/** The scores of one scan's processes, by their place in it. */
export class Scores {
  readonly #rss: Float64Array;
  readonly #growth: Float64Array;
  readonly #cpu: Float64Array;

  constructor(count: number) {
    this.#rss = new Float64Array(count);
    this.#growth = new Float64Array(count);
    this.#cpu = new Float64Array(count);
  }

  set(index: number, rssBytes: Bytes, tendency: Tendency, tracked: boolean): void {
    const factor = tracked ? 1 + HEAD_START : 1;
    this.#rss[index] = rssBytes * factor;
    this.#growth[index] = growthOf(tendency) * factor;
    this.#cpu[index] = tendency.recentCpuPercent * factor;
  }

  /** At most `limit` places, `own` first when there is one. */
  choose(limit: number, own: number | undefined): ReadonlySet<number> {
    const chosen = new Set<number>(own === undefined ? [] : [own]);
    const quarter = Math.floor((limit - chosen.size) / 4);
    for (const index of largest(this.#growth, quarter, LEAST_GROWTH_BYTES)) chosen.add(index);
    for (const index of largest(this.#cpu, quarter, LEAST_CPU_PERCENT)) chosen.add(index);
    for (const index of largest(this.#rss, limit, 0)) {
      if (chosen.size >= limit) break;
      chosen.add(index);
    }
    return chosen;
  }
}
