export { type FoundSite, finding } from './finding.ts';
export { createJudge, type Judge, type JudgeOptions, judgeSeries } from './judge.ts';
export { HOST_POLICY, type JudgePolicy, PROCESS_POLICY } from './policy.ts';
export type { SeriesSample } from './sample.ts';
export { judgeSites, type SiteGrowth, type SiteReading } from './sites.ts';
export { type RobustSlope, theilSen as slopeOf } from './theil-sen.ts';
export {
  FLAT_PERCENTAGE_POINTS_PER_HOUR,
  FLAT_SHARE_PER_HOUR,
  type TrendOptions,
  trendOf,
} from './trend.ts';
export { createLeakWatch, type LeakWatch, type LeakWatchOptions } from './watch.ts';
