// Name, views, range, and whether what one sees is live.
import type { Status } from '../../../src/api/wire.ts';
import { formatDuration } from '../../../src/units/index.ts';
import { formatMoment } from '../chart/scale-format.ts';
import type { Freshness } from '../connection/live.ts';
import { DEFAULT_RANGE, LAST, type Range } from '../navigation/range.ts';
import type { Route, View } from '../navigation/route.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';

const TABS: readonly { readonly view: View; readonly label: string; readonly also?: View }[] = [
  { view: 'now', label: 'Now' },
  { view: 'processes', label: 'Processes', also: 'process' },
  { view: 'heap', label: 'Heap' },
  { view: 'alerts', label: 'Alerts' },
  { view: 'settings', label: 'Settings' },
];

export function Header({ route, status }: { route: Route; status: Status | undefined }) {
  const { location } = useDashboard();
  const alerts = status?.active_alerts ?? 0;
  return (
    <header class="header">
      <a class="brand" href={location.linkTo('now')} aria-label="Plimsoll, to the overview">
        <Mark />
        <h1>Plimsoll</h1>
      </a>
      <p class="host quiet clip" title={window.location.host}>
        {status?.host ?? window.location.host}
      </p>
      <nav aria-label="Views">
        {TABS.map(({ view, label, also }) => (
          <a
            key={view}
            href={location.linkTo(view)}
            aria-current={route.view === view || route.view === also ? 'page' : undefined}
          >
            {label}
            {view === 'alerts' && alerts > 0 && <span class="badge">{alerts}</span>}
          </a>
        ))}
      </nav>
      <RangeMenu range={route.range} />
      <FreshnessLight />
    </header>
  );
}

/** The circle and bar of the load line. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
      <circle cx="12" cy="12" r="7" fill="none" stroke="currentColor" stroke-width="2" />
      <path d="M1 12h22" stroke="currentColor" stroke-width="2" />
    </svg>
  );
}

const LAST_LABELS: Readonly<Record<string, string>> = {
  '15m': 'last 15 min',
  '1h': 'last hour',
  '6h': 'last 6 h',
  '24h': 'last 24 h',
  '7d': 'last 7 days',
  '30d': 'last 30 days',
};

function RangeMenu({ range }: { range: Range }) {
  const { live, location } = useDashboard();
  const chosen = range.kind === 'last' ? Object.keys(LAST).find((name) => LAST[name] === range.seconds) : '';
  return (
    <div class="range">
      {range.kind === 'between' && (
        <button type="button" class="plain" onClick={() => location.setRange(DEFAULT_RANGE)}>
          back to live
        </button>
      )}
      <label>
        <span class="sr">Range of time</span>
        <select
          value={chosen}
          onChange={({ currentTarget }) => {
            const seconds = LAST[currentTarget.value];
            if (seconds) location.setRange({ kind: 'last', seconds });
          }}
        >
          {range.kind === 'between' && (
            <option value="">
              {formatMoment(range.fromSeconds, live.now.get())} –{' '}
              {formatMoment(range.toSeconds, live.now.get())}
            </option>
          )}
          {Object.keys(LAST).map((name) => (
            <option key={name} value={name}>
              {LAST_LABELS[name]}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function FreshnessLight() {
  const { live } = useDashboard();
  const freshness = useCell(live.freshness);
  return (
    <p class={`freshness ${freshness.kind}`} role="status">
      <i aria-hidden="true" />
      {describeFreshness(freshness)}
    </p>
  );
}

export function describeFreshness(freshness: Freshness): string {
  switch (freshness.kind) {
    case 'connecting':
      return 'connecting';
    case 'live':
      return 'live';
    case 'stale':
      return `stale: no sample for ${formatDuration(Math.round(freshness.ageSeconds))}`;
    case 'lost':
      return freshness.ageSeconds === undefined
        ? 'not connected'
        : `connection lost: as of ${formatDuration(Math.round(freshness.ageSeconds))} ago`;
  }
}
