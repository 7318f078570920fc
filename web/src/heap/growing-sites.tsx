// What grows, as the monitor found it: the sites behind the verdict, the most grown first.
import type { GrowingSite } from '../../../src/api/wire.ts';
import { formatBytes, MIB } from '../../../src/units/index.ts';
import { describeSite } from '../incident/finding.ts';

const SHOWN = 5;

export function GrowingSites({ sites }: { sites: readonly GrowingSite[] }) {
  if (sites.length === 0) return null;
  return (
    <section aria-labelledby="growing">
      <h2 id="growing">What grows</h2>
      <ol class="growing">
        {sites.slice(0, SHOWN).map((site) => (
          <li key={`${site.file}:${site.line}:${site.column} ${site.function}`}>
            <i style={{ width: `${(site.share * 100).toFixed(1)}%` }} />
            <b title={site.file}>{describeSite(site)}</b>
            <span class="number">+{formatBytes(site.growth_mb * MIB)}</span>
            <span class="number quiet">{(site.share * 100).toFixed(0)} % of the growth</span>
            <span class="number quiet">{formatBytes(site.live_mb * MIB)} live</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
