// Open incidents, the worst first, each with what to do; and what leaks even before it is an incident. Nothing where all is well.
import './findings.css';
import type { Alerts, IncidentRecord, MemoryLeaks, Status, Verdict } from '../../../src/api/wire.ts';
import { formatAgo, formatMoment } from '../chart/scale-format.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { ADVICE, leadOf } from './advice.ts';
import { describeFinding, pidOf, workerOf } from './finding.ts';
import { SeverityWord } from './severity.tsx';
import { tellsOf } from './tells-of.ts';

interface FindingsProps {
  readonly incidents: Alerts['incidents'] | undefined;
  readonly verdicts: readonly Verdict[] | undefined;
  readonly leaks: MemoryLeaks | undefined;
  readonly mode: Status['mode'] | undefined;
}

export function Findings({ incidents = [], verdicts = [], leaks, mode }: FindingsProps) {
  const open = incidents.filter(({ state }) => state === 'firing').sort(bySeverity);
  const ownPid = leaks?.verdict && pidOf(leaks.verdict.subject);
  const told = open.filter(({ key }) => key === 'memory_leak').map(({ message }) => message);
  const leaking = distinct([...verdicts, ...(leaks?.verdict ? [leaks.verdict] : [])]).filter(
    ({ subject }) => !told.some((message) => tellsOf(message, pidOf(subject), ownPid)),
  );
  if (open.length + leaking.length === 0) return null;
  return (
    <section class="findings" aria-label="Open incidents">
      {open.map((incident) => (
        <OpenIncident key={incident.id} incident={incident} verdicts={verdicts} ownPid={ownPid} mode={mode} />
      ))}
      {leaking.map((verdict) => (
        <Leak key={verdict.subject} verdict={verdict} ownPid={ownPid} leaks={leaks} />
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

interface OpenIncidentProps {
  readonly incident: IncidentRecord;
  readonly verdicts: readonly Verdict[];
  readonly ownPid: number | undefined;
  readonly mode: Status['mode'] | undefined;
}

function OpenIncident({ incident, verdicts, ownPid, mode }: OpenIncidentProps) {
  const { live, location } = useDashboard();
  const now = useCell(live.now);
  const { text } = ADVICE[incident.key];
  const lead = leadOf(incident, mode);
  const since = Date.parse(incident.started_at) / 1000;
  const leaking = incident.key === 'memory_leak' ? verdicts.filter(({ leak }) => leak) : [];
  return (
    <article class={`finding ${incident.severity}`}>
      <p>
        <SeverityWord severity={incident.severity} /> <strong>{incident.message}</strong>{' '}
        <span class="quiet" title={incident.started_at}>
          {leaking.length > 0 ? 'alert of' : 'since'} {formatMoment(since, now)}, {formatAgo(since, now)}
        </span>
      </p>
      <p class="quiet">
        {text}{' '}
        {leaking.length > 0 ? (
          leaking.map((verdict) => <LeakLinks key={verdict.subject} verdict={verdict} ownPid={ownPid} />)
        ) : (
          <a href={location.linkTo(lead.view, lead)}>Open {lead.link}</a>
        )}
      </p>
    </article>
  );
}

interface LeakProps {
  readonly verdict: Verdict;
  /** Of the process whose allocations the monitor sees. */
  readonly ownPid: number | undefined;
  readonly leaks: MemoryLeaks | undefined;
}

function Leak({ verdict, ownPid, leaks }: LeakProps) {
  const sites = sitesOf(verdict, ownPid, leaks);
  return (
    <article class="finding warning">
      <p>
        <SeverityWord severity="warning" /> <strong>{describeFinding(verdict, sites)}</strong>
      </p>
      <p class="quiet">
        {verdict.evidence[0]?.text}. <LeakLinks verdict={verdict} ownPid={ownPid} />
      </p>
    </article>
  );
}

/** Of the own process all, of one of its worker threads those of that thread; nobody knows those of others. */
function sitesOf({ subject }: Verdict, ownPid: number | undefined, leaks: MemoryLeaks | undefined) {
  const known = leaks?.growing_sites ?? [];
  const worker = workerOf(subject);
  if (worker !== undefined) return known.filter(({ thread_id }) => thread_id === worker);
  return ownPid !== undefined && pidOf(subject) === ownPid ? known : [];
}

/** To the line, where the leak is in the process whose allocations are known; and to why it is called a leak. */
function LeakLinks({ verdict: { subject }, ownPid }: Omit<LeakProps, 'leaks'>) {
  const { location } = useDashboard();
  const pid = pidOf(subject);
  const isWorker = workerOf(subject) !== undefined;
  return (
    <span class="links">
      {(isWorker || (pid !== undefined && pid === ownPid)) && (
        <a href={location.linkTo('heap')}>Open who allocates</a>
      )}
      {pid !== undefined && <a href={location.linkTo('process', { pid })}>Open why: process {pid}</a>}
      {pid === undefined && !isWorker && (
        <a href={location.linkTo('processes')}>Open the largest processes</a>
      )}
    </span>
  );
}
