// One sentence that joins what a series says with what the allocation profile says:
// `leaking 38.0 MiB/h in the JavaScript heap since 14:05 UTC; 82 % of it src/orders.ts:41 remember`.
import { type LeakingPart, placeFrom, type Verdict, type VerdictKind } from '../model/index.ts';
import { formatBytes, formatDuration, formatTime, HOUR, type Seconds } from '../units/index.ts';
import type { SiteGrowth } from './sites.ts';

/** What a finding says of a site. */
export type FoundSite = Pick<SiteGrowth, 'share'> & {
  readonly site: Pick<SiteGrowth['site'], 'file' | 'line' | 'functionName' | 'via'> & {
    /** The worker thread that allocates there; absent for the main thread. */
    readonly thread?: { readonly id: number; readonly name: string };
  };
};

const PARTS: Readonly<Record<LeakingPart, string>> = {
  heap: 'in the JavaScript heap',
  external: 'in external memory (buffers)',
  native: 'in native memory, outside what V8 accounts for',
  rss: 'in resident memory',
  host: "in the host's used memory",
  swap: 'in swap',
};

const KINDS: Readonly<Record<Exclude<VerdictKind, 'leaking'>, string>> = {
  stable: 'stable',
  'warming-up': 'warming up, and levelling off',
  filling: 'filling towards a bound',
  'growing-with-load': 'growing with the load',
  fragmented: 'resident memory rose and levels off while the heap is flat: fragmentation',
  recovering: 'recovering',
  'not-enough-data': 'not enough data yet',
};

/** Times before this are no dates but seconds into a series. */
const FIRST_DATE: Seconds = 1e8;

/** @param folder paths below it are shown from there. */
export function finding(verdict: Verdict, sites: readonly FoundSite[] = [], folder = ''): string {
  if (verdict.kind !== 'leaking') return KINDS[verdict.kind];
  const growth = verdict.growthBytesPerSecond;
  const rate = growth === undefined ? '' : ` ${formatBytes(growth * HOUR)}/h`;
  const part = verdict.part === undefined ? '' : ` ${PARTS[verdict.part]}`;
  const since = verdict.sinceSeconds === undefined ? '' : ` since ${moment(verdict.sinceSeconds)}`;
  return `leaking${rate}${part}${since}${siteClause(verdict, sites, folder)}`;
}

function moment(atSeconds: Seconds): string {
  return atSeconds < FIRST_DATE
    ? `${formatDuration(atSeconds)} into the series`
    : `${formatTime(atSeconds).slice(11, 16)} UTC`;
}

/** Only the JavaScript heap shows in an allocation profile. */
function siteClause(verdict: Verdict, sites: readonly FoundSite[], folder: string): string {
  const [first] = sites;
  if (first === undefined || (verdict.part !== undefined && verdict.part !== 'heap')) return '';
  const { thread, via } = first.site;
  const caller = via ? `, called from ${placeFrom(folder, via)}` : '';
  const where = thread ? ` in worker ${thread.name} #${thread.id}` : '';
  return `; ${Math.round(first.share * 100)} % of it ${placeFrom(folder, first.site)}${caller}${where}`;
}
