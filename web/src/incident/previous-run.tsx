// How the run before this one died: on the overview while it is news, and beside the heap as long as this run lasts.
import type { PreviousRun as Death } from '../../../src/api/wire.ts';
import { DAY } from '../../../src/units/index.ts';
import { formatAgo, formatMoment } from '../chart/scale-format.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { SeverityWord } from './severity.tsx';

/** After a day it is history. */
const NEWS_SECONDS = DAY;

export function PreviousRunNews({ death }: { death: Death | undefined }) {
  const { live } = useDashboard();
  const now = useCell(live.now);
  if (!death || now - Date.parse(death.last_seen) / 1000 > NEWS_SECONDS) return null;
  return <PreviousRun death={death} />;
}

export function PreviousRun({ death }: { death: Death }) {
  const { live, location } = useDashboard();
  const now = useCell(live.now);
  const { summary, last_seen, snapshot_id: snapshot } = death;
  const at = Date.parse(last_seen) / 1000;
  return (
    <article class="finding high" aria-label="Previous run">
      <p>
        <SeverityWord severity="high" /> <strong>{summary.charAt(0).toUpperCase() + summary.slice(1)}</strong>{' '}
        <span class="quiet" title={last_seen}>
          at {formatMoment(at, now)}, {formatAgo(at, now)}
        </span>
      </p>
      <p class="quiet">
        {advice(death)}{' '}
        {snapshot && (
          <a href={location.linkTo('heap', { params: { snapshot } })}>Open what it held when it died</a>
        )}
      </p>
    </article>
  );
}

function advice({ cause }: Death): string {
  switch (cause) {
    case 'heap-limit':
      return 'Its JavaScript heap was full.';
    case 'oom-kill':
      return 'The kernel killed it for memory.';
    case 'killed':
      return 'It was killed; whether for memory nobody saw.';
  }
}
