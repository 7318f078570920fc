// Growth between two profiles: which places hold more now than they did, the most grown first. Where tracemalloc's compareTo is
// for programs that know it, this is for a person who looks for a leak: places have names, and what shrank comes last.
import type { AllocationSite, Profile } from '../model/index.ts';
import type { Bytes } from '../units/index.ts';
import { cautions } from './cautions.ts';
import { externalOnly, heapOnly } from './domains.ts';
import { frameKind } from './frame-origin.ts';
import { type Grouping, KeySpace, type Place } from './grouping.ts';
import { packagePlace } from './package-place.ts';
import { callersOf } from './via.ts';
import type { Weights } from './weights.ts';

export const DIFF_KEYS = ['site', 'lineno', 'filename', 'package', 'traceback'] as const;
export type DiffKey = (typeof DIFF_KEYS)[number];

const ANONYMOUS = '(anonymous)';

function groupingOf(key: DiffKey, ...profiles: readonly Profile[]): Grouping {
  const site = profiles.every(hasColumns)
    ? namedPlace
    : (place: Place) => ({ ...namedPlace(place), column: 0 });
  switch (key) {
    case 'site':
      return { wholeStack: false, place: site };
    case 'traceback':
      return { wholeStack: true, place: site };
    case 'lineno':
      return { wholeStack: false, place: ({ file, line }) => ({ functionName: '', file, line, column: 0 }) };
    case 'filename':
      return { wholeStack: false, place: ({ file }) => ({ functionName: '', file, line: 0, column: 0 }) };
    case 'package':
      return { wholeStack: false, place: packagePlace };
  }
}

/** Some profilers drop columns. What is compared with one of theirs has to do without, or no site would meet itself. */
function hasColumns({ frames }: Profile): boolean {
  return frames.column.length === 0 || frames.column.some((column) => column > 0);
}

/** Functions without a name have one name, whatever their profiler called them. */
function namedPlace(place: Place): Place {
  const anonymous = place.functionName === '' || place.functionName.startsWith('(anonymous:');
  return anonymous ? { ...place, functionName: ANONYMOUS } : place;
}

/** One key of a comparison. */
export interface SiteGrowth {
  /** Outermost first; one place for every key but the traceback. What the key leaves out is empty or 0. */
  readonly places: readonly Place[];
  readonly beforeBytes: Bytes;
  readonly afterBytes: Bytes;
  readonly growthBytes: Bytes;
  readonly beforeCount: number;
  readonly afterCount: number;
}

export interface ProfileDiff {
  readonly key: DiffKey;
  readonly beforeBytes: Bytes;
  readonly afterBytes: Bytes;
  /** Sums over all sites that grew, and over all that shrank; the second is negative or 0. */
  readonly grownBytes: Bytes;
  readonly shrunkBytes: Bytes;
  /** Of all sites, also of those that `sites` leaves out. */
  readonly siteCount: number;
  /** The most grown first, then the largest. */
  readonly sites: readonly SiteGrowth[];
  /** Why the comparison may mislead, in sentences. */
  readonly cautions: readonly string[];
}

/** At most `top` sites. */
export function diffSites(
  before: Profile,
  after: Profile,
  key: DiffKey = 'site',
  top = Number.POSITIVE_INFINITY,
): ProfileDiff {
  const space = new KeySpace(groupingOf(key, before, after));
  const was = space.group(before);
  const is = space.group(after);
  const growth = Float64Array.from(
    { length: space.size },
    (_, index) => is.bytesOf(index) - was.bytesOf(index),
  );
  const ranked = rank(growth, was, is);
  return {
    key,
    beforeBytes: was.totalBytes(),
    afterBytes: is.totalBytes(),
    grownBytes: growth.reduce((sum, bytes) => sum + Math.max(0, bytes), 0),
    shrunkBytes: growth.reduce((sum, bytes) => sum + Math.min(0, bytes), 0),
    siteCount: ranked.length,
    sites: ranked.slice(0, top).map((index) => siteGrowth(space, index, was, is)),
    cautions: cautions(before.metadata, after.metadata),
  };
}

/** Where the live memory of one profile was allocated, on the heap and off it, the largest first. */
export function allocationSites(profile: Profile, top = Number.POSITIVE_INFINITY): AllocationSite[] {
  const buffers = sitesOf(externalOnly(profile), top).map((site) => ({ ...site, kind: 'buffer' as const }));
  const sites = [...sitesOf(heapOnly(profile), top), ...buffers];
  return sites.sort((a, b) => b.liveBytes - a.liveBytes).slice(0, top);
}

function sitesOf(profile: Profile, top: number): AllocationSite[] {
  const space = new KeySpace(groupingOf('site', profile));
  const weights = space.group(profile);
  const largest = rank(weights.bytes(), weights, weights).slice(0, top);
  const ofRuntime = largest.filter((index) => space.places(index).some(isOfRuntime));
  const callers = callersOf(profile, space.keysOfStacks(profile), new Set(ofRuntime));
  return largest.flatMap((index) => {
    const caller = callers.get(index);
    const liveBytes = weights.bytesOf(index);
    const count = weights.countOf(index);
    const via = caller && namedPlace(caller);
    return space.places(index).map((place) => ({ ...place, liveBytes, count, ...(via && { via }) }));
  });
}

function isOfRuntime({ file, functionName }: Place): boolean {
  const { kind } = frameKind(file, functionName);
  return kind === 'node' || kind === 'native';
}

/** Keys that either has: by growth, then by size, then in the order in which they were first seen. */
function rank(growth: Float64Array, was: Weights, is: Weights): number[] {
  return Array.from(growth.keys())
    .filter((index) => was.has(index) || is.has(index))
    .sort(
      (a, b) =>
        (growth[b] ?? 0) - (growth[a] ?? 0) || is.bytesOf(b) - is.bytesOf(a) || is.countOf(b) - is.countOf(a),
    );
}

function siteGrowth(space: KeySpace, index: number, was: Weights, is: Weights): SiteGrowth {
  return {
    places: space.places(index),
    beforeBytes: was.bytesOf(index),
    afterBytes: is.bytesOf(index),
    growthBytes: is.bytesOf(index) - was.bytesOf(index),
    beforeCount: was.countOf(index),
    afterCount: is.countOf(index),
  };
}
