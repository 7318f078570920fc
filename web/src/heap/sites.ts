// Where live memory was allocated, as rows: of one snapshot, or of two with what grew in between. The comparison is the same
// that `plimsoll diff` makes.
import type { Profile } from '../../../src/model/index.ts';
import { allocationSites, diffSites } from '../../../src/profile/diff.ts';
import { sourcePath } from '../../../src/profile/source-path.ts';
import type { Bytes, Ratio } from '../../../src/units/index.ts';

export interface SiteRow {
  readonly functionName: string;
  readonly file: string;
  readonly line: number;
  readonly liveBytes: Bytes;
  /** Of all live bytes. */
  readonly share: Ratio;
  /** Since the snapshot before. */
  readonly growthBytes: Bytes | undefined;
  readonly count: number;
}

export interface Sites {
  readonly rows: readonly SiteRow[];
  /** Why the comparison may mislead, in sentences. */
  readonly cautions: readonly string[];
}

const SHOWN = 500;

export function readSites(profile: Profile, before: Profile | undefined): Sites {
  return before ? comparedSites(before, profile) : { rows: liveSites(profile), cautions: [] };
}

function comparedSites(before: Profile, after: Profile): Sites {
  const { sites, afterBytes, cautions } = diffSites(before, after, 'site', SHOWN);
  const rows = sites.flatMap(({ places, afterBytes: liveBytes, growthBytes, afterCount: count }) =>
    places.map(({ functionName, file, line }) => ({
      functionName,
      file: sourcePath(file),
      line,
      liveBytes,
      share: liveBytes / Math.max(1, afterBytes),
      growthBytes,
      count,
    })),
  );
  return { rows, cautions };
}

function liveSites(profile: Profile): SiteRow[] {
  const sites = allocationSites(profile);
  const total = sites.reduce((sum, { liveBytes }) => sum + liveBytes, 0);
  return sites.slice(0, SHOWN).map(({ functionName, file, line, liveBytes, count }) => ({
    functionName,
    file: sourcePath(file),
    line,
    liveBytes,
    share: liveBytes / Math.max(1, total),
    growthBytes: undefined,
    count,
  }));
}
