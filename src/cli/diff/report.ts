// A comparison of two profiles for people and for programs.
import {
  explainFrame,
  frameKind,
  type Place,
  type ProfileDiff,
  type SiteGrowth,
} from '../../profile/index.ts';
import { type Bytes, formatBytes, type Ratio } from '../../units/index.ts';
import { type Alignment, alignColumns, type Paint, printable } from '../output.ts';

/** As the operator named them. */
export interface ComparedFiles {
  readonly before: string;
  readonly after: string;
}

const HEADER = ['GROWTH', 'SHARE', 'BEFORE', 'AFTER', 'SITE'];
const ALIGNMENTS: readonly Alignment[] = ['right', 'right', 'right', 'right', 'left'];
/** Callers shown below a site when whole stacks are compared. */
const MOST_CALLERS = 8;

export function diffText(diff: ProfileDiff, files: ComparedFiles, paint: Paint): string {
  const table = alignColumns([HEADER, ...diff.sites.flatMap((site) => siteRows(site, diff))], ALIGNMENTS);
  const [header = '', ...rows] = table.split('\n');
  return `${[
    `before  ${formatBytes(diff.beforeBytes)} live  ${printable(files.before)}`,
    `after   ${formatBytes(diff.afterBytes)} live  ${printable(files.after)}`,
    `growth  ${signed(diff.afterBytes - diff.beforeBytes)}: ${signed(diff.grownBytes)} and ${signed(diff.shrunkBytes)}`,
    '',
    paint('bold', header),
    ...rows,
    ...remarks(diff).map((remark) => paint('dim', remark)),
  ].join('\n')}\n`;
}

/** The site with its figures, and for a whole stack its callers below. */
function siteRows(site: SiteGrowth, diff: ProfileDiff): string[][] {
  const [leaf, ...callers] = [...site.places].reverse().map(placeText);
  const share = shareOfGrowth(site, diff);
  const figures = [
    signed(site.growthBytes),
    share > 0 ? `${Math.round(share * 100)} %` : '',
    formatBytes(site.beforeBytes),
    formatBytes(site.afterBytes),
    leaf ?? '',
  ];
  const shown = callers.slice(0, MOST_CALLERS).map((caller) => `  from ${caller}`);
  const hidden = callers.length - shown.length;
  const lines = hidden > 0 ? [...shown, `  and ${hidden} more`] : shown;
  return [figures, ...lines.map((line) => ['', '', '', '', line])];
}

function placeText({ functionName, file, line, column }: Place): string {
  const position = [file, line, column].filter((part) => part !== 0 && part !== '').join(':');
  return printable([functionName, position].filter((part) => part !== '').join('  '));
}

function remarks({ siteCount, sites, cautions }: ProfileDiff): string[] {
  const hidden = siteCount - sites.length;
  const lines = [
    ...(hidden > 0 ? [`and ${hidden} more; --top shows them`] : []),
    ...explanations(sites),
    ...cautions.map((caution) => `caution: ${printable(caution)}`),
  ];
  return lines.length > 0 ? ['', ...lines] : [];
}

/** What the rows without a source are, each said once. */
function explanations(sites: readonly SiteGrowth[]): string[] {
  const names = sites
    .map(({ places }) => places.at(-1))
    .filter((place) => place?.file === '' && place.functionName.startsWith('('))
    .map((place) => place?.functionName ?? '');
  return [...new Set(names)].map((name) => `${printable(name)}: ${explainFrame(name, frameKind('', name))}`);
}

function signed(bytes: Bytes): string {
  return `${bytes > 0 ? '+' : ''}${formatBytes(bytes)}`;
}

/** Of all growth; 0 for what shrank. */
function shareOfGrowth({ growthBytes }: SiteGrowth, { grownBytes }: ProfileDiff): Ratio {
  return grownBytes > 0 ? Math.max(0, growthBytes) / grownBytes : 0;
}

/** For `--json`. */
export function diffRecord(diff: ProfileDiff, files: ComparedFiles): object {
  return {
    ...files,
    key: diff.key,
    before_bytes: diff.beforeBytes,
    after_bytes: diff.afterBytes,
    grown_bytes: diff.grownBytes,
    shrunk_bytes: diff.shrunkBytes,
    site_count: diff.siteCount,
    sites: diff.sites.map((site) => ({
      ...placeRecord(site.places.at(-1)),
      before_bytes: site.beforeBytes,
      after_bytes: site.afterBytes,
      growth_bytes: site.growthBytes,
      share: shareOfGrowth(site, diff),
      before_count: site.beforeCount,
      after_count: site.afterCount,
      ...(diff.key === 'traceback' && { callers: site.places.slice(0, -1).reverse().map(placeRecord) }),
    })),
    cautions: diff.cautions,
  };
}

function placeRecord(place: Place | undefined): object {
  return { function: place?.functionName, file: place?.file, line: place?.line, column: place?.column };
}
