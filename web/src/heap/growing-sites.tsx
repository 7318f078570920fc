// What grows, as the monitor found it: the sites behind the verdict, the most grown first, each with its source.
import { useState } from 'preact/hooks';
import type { GrowingSite } from '../../../src/api/wire.ts';
import { formatBytes, MIB } from '../../../src/units/index.ts';
import { describeSite } from '../incident/finding.ts';
import { mayHaveSource, SourceLines } from './source-lines.tsx';

const SHOWN = 5;

interface GrowingSitesProps {
  readonly sites: readonly GrowingSite[];
  /** The newest: its frames are those whose source can be read. */
  readonly snapshot: string | undefined;
}

export function GrowingSites({ sites, snapshot }: GrowingSitesProps) {
  if (sites.length === 0) return null;
  return (
    <section aria-labelledby="growing">
      <h2 id="growing">What grows</h2>
      <ol class="growing">
        {sites.slice(0, SHOWN).map((site, index) => (
          <Growing
            key={`${site.thread_id ?? ''} ${site.kind ?? ''} ${site.file}:${site.line}:${site.column} ${site.function}`}
            site={site}
            snapshot={snapshot}
            opensAtOnce={index === 0}
          />
        ))}
      </ol>
    </section>
  );
}

function belongsTo({ kind, thread }: GrowingSite): string {
  return [kind === 'buffer' ? 'buffers' : '', thread === undefined ? '' : `in ${thread}`]
    .filter(Boolean)
    .join(' ');
}

interface GrowingProps {
  readonly site: GrowingSite;
  readonly snapshot: string | undefined;
  readonly opensAtOnce: boolean;
}

function Growing({ site, snapshot, opensAtOnce }: GrowingProps) {
  const [open, setOpen] = useState(opensAtOnce);
  const unfolds = snapshot !== undefined && mayHaveSource(site);
  return (
    <li>
      <i style={{ width: `${(site.share * 100).toFixed(1)}%` }} />
      {unfolds ? (
        <button
          type="button"
          class="plain unfolds"
          title={site.file}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {describeSite(site)}
        </button>
      ) : (
        <b title={site.file}>{describeSite(site)}</b>
      )}
      <span class="quiet">{belongsTo(site)}</span>
      <span class="number">+{formatBytes(site.growth_mb * MIB)}</span>
      <span class="number quiet">{(site.share * 100).toFixed(0)} % of the growth</span>
      <span class="number quiet">{formatBytes(site.live_mb * MIB)} live</span>
      {unfolds && open && (
        <div class="unfolded">
          <SourceLines snapshot={snapshot} file={site.file} line={site.line} />
        </div>
      )}
    </li>
  );
}
