// The site that grows most, on the first view: where to look before anything is called a leak.
import type { GrowingSite } from '../../../src/api/wire.ts';
import { formatBytes, MIB } from '../../../src/units/index.ts';
import { describeSite } from '../incident/finding.ts';
import { useDashboard } from '../state/dashboard.tsx';

export function GrowingMost({ sites }: { sites: readonly GrowingSite[] | undefined }) {
  const { location } = useDashboard();
  const [site] = sites ?? [];
  if (!site) return null;
  return (
    <p>
      Grows most: <a href={location.linkTo('heap')}>{describeSite(site)}</a> +
      {formatBytes(site.growth_mb * MIB)}, {Math.round(site.share * 100)} % of what grew
    </p>
  );
}
