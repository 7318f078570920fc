// Which processes are worth a history: the largest, those that grow, those that work, and our own. Growth is RSS above its
// own slowly following average, so that it is what was gained lately; CPU is averaged over a minute or so. A process that is
// tracked has a start over one that is not: two that are level would otherwise take turns and neither had a history.
import type { Bytes, Percent, Ratio, Seconds } from '../units/index.ts';
import { largest } from './largest.ts';

/** What is remembered of a process from one scan to the next. */
export interface Tendency {
  averageRssBytes: Bytes;
  averageCpuPercent: Percent;
}

const RSS_HALF_LIFE_SECONDS: Seconds = 600;
const CPU_HALF_LIFE_SECONDS: Seconds = 60;

/** By this much of its score an untracked process has to be ahead of a tracked one to take its place. */
const HEAD_START: Ratio = 0.25;
/** Growth and work below these are noise; their places go to the next largest. */
const LEAST_GROWTH_BYTES: Bytes = 1024 ** 2;
const LEAST_CPU_PERCENT: Percent = 1;

/** How far an average moves towards a new value after so much time; not at all when the clock went back. */
export interface Pace {
  readonly rss: Ratio;
  readonly cpu: Ratio;
}

export function paceAfter(elapsedSeconds: Seconds): Pace {
  const towards = (halfLife: Seconds) => 1 - 0.5 ** (Math.max(0, elapsedSeconds) / halfLife);
  return { rss: towards(RSS_HALF_LIFE_SECONDS), cpu: towards(CPU_HALF_LIFE_SECONDS) };
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
    this.#growth[index] = (rssBytes - tendency.averageRssBytes) * factor;
    this.#cpu[index] = tendency.averageCpuPercent * factor;
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
