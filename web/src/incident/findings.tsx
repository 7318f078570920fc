// Open incidents, the worst first, each with what to do; and what leaks even before it is an incident. Nothing where all is well.
import './findings.css';
import type { Alerts, IncidentRecord, MemoryLeaks, Verdict } from '../../../src/api/wire.ts';
import { formatAgo, formatMoment } from '../chart/scale-format.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { ADVICE } from './advice.ts';
import { describeFinding, pidOf } from './finding.ts';
import { SeverityWord } from './severity.tsx';

interface FindingsProps {
  readonly incidents: Alerts['incidents'] | undefined;
  readonly verdicts: readonly Verdict[] | undefined;
  readonly leaks: MemoryLeaks | undefined;
}

export function Findings({ incidents = [], verdicts = [], leaks }: FindingsProps) {
  const open = incidents.filter(({ state }) => state === 'firing').sort(bySeverity);
  const told = open.some(({ key }) => key === 'memory_leak');
  const leaking = told ? [] : distinct([...verdicts, ...(leaks?.verdict ? [leaks.verdict] : [])]);
  if (open.length + leaking.length === 0) return null;
  return (
    <section class="findings" aria-label="Open incidents">
      {open.map((incident) => (
        <OpenIncident key={incident.id} incident={incident} />
      ))}
      {leaking.map((verdict) => (
        <Leak key={verdict.subject} verdict={verdict} leaks={leaks} />
      ))}
    </section>
  );
}

const RANKS = ['critical', 'high', 'medium', 'warning'];

function bySeverity(a: IncidentRecord, b: IncidentRecord): number {
  return RANKS.indexOf(a.severity) - RANKS.indexOf(b.severity);
}

function distinct(verdicts: readonly Verdict[]): Verdict[] {
  return [
    ...new Map(verdicts.filter(({ leak }) => leak).map((verdict) => [verdict.subject, verdict])).values(),
  ];
}

function OpenIncident({ incident }: { incident: IncidentRecord }) {
  const { live, location } = useDashboard();
  const now = useCell(live.now);
  const { text, view, link } = ADVICE[incident.key];
  const since = Date.parse(incident.started_at) / 1000;
  return (
    <article class={`finding ${incident.severity}`}>
      <p>
        <SeverityWord severity={incident.severity} /> <strong>{incident.message}</strong>{' '}
        <span class="quiet" title={incident.started_at}>
          since {formatMoment(since, now)}, {formatAgo(since, now)}
        </span>
      </p>
      <p class="quiet">
        {text} <a href={location.linkTo(view)}>Open {link}</a>
      </p>
    </article>
  );
}

function Leak({ verdict, leaks }: { verdict: Verdict; leaks: MemoryLeaks | undefined }) {
  const { location } = useDashboard();
  const pid = pidOf(verdict.subject);
  const sites = leaks?.verdict?.subject === verdict.subject ? leaks.growing_sites : [];
  return (
    <article class="finding medium">
      <p>
        <SeverityWord severity="medium" /> <strong>{describeFinding(verdict, sites)}</strong>
      </p>
      <p class="quiet">
        {verdict.evidence[0]?.text}{' '}
        {pid === undefined ? (
          <a href={location.linkTo('heap')}>Open who allocates</a>
        ) : (
          <a href={location.linkTo('process', { pid })}>Open the process</a>
        )}
      </p>
    </article>
  );
}
