// Incidents with what became of them: how they went, who was told, and what the receivers answered.
import './alerts.css';
import { useState } from 'preact/hooks';
import type {
  Alerts,
  Delivery,
  IncidentRecord,
  Silence,
  Status,
  TestAlert as TestResult,
} from '../../../src/api/wire.ts';
import { formatDuration } from '../../../src/units/index.ts';
import { formatAgo, formatMoment } from '../chart/scale-format.ts';
import { ALERTS } from '../connection/questions.ts';
import { writeRoute } from '../navigation/route.ts';
import { attempt, useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { ADVICE, leadOf } from './advice.ts';
import { SeverityWord } from './severity.tsx';
import { Silencer } from './silence.tsx';

const REFRESH_SECONDS = 30;

export function AlertsView({ status }: { status: Status | undefined }) {
  const { live } = useDashboard();
  const { data, error, refresh } = useAnswer<Alerts>(ALERTS, {
    everySeconds: REFRESH_SECONDS,
    when: useCell(live.news),
  });
  return (
    <>
      <div class="row">
        <h2>Alerts</h2>
        <p class="quiet">The last 30 days, the newest first</p>
      </div>
      <Channels status={status} />
      {error && <p role="alert">{error.message}</p>}
      {data?.incidents.length === 0 && (
        <section class="empty">
          <p>
            <strong>No incident.</strong> One opens when memory in use stays above{' '}
            {status?.thresholds.memory ?? '…'} % for {status?.runtime_settings.consecutive_failures ?? '…'}{' '}
            checks in a row, or when a process leaks, a limit comes near, or the kernel kills for memory.
          </p>
        </section>
      )}
      <ul class="incidents">
        {data?.incidents.map((incident) => (
          <li key={incident.id}>
            <Incident
              incident={incident}
              silence={data.silences.find(({ key }) => key === incident.key)}
              mode={status?.mode}
              onSilence={refresh}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

interface IncidentProps {
  readonly incident: IncidentRecord;
  readonly silence: Silence | undefined;
  readonly mode: Status['mode'] | undefined;
  readonly onSilence: () => void;
}

function Incident({ incident, silence, mode, onSilence }: IncidentProps) {
  const { live, location } = useDashboard();
  const now = useCell(live.now);
  const started = Date.parse(incident.started_at) / 1000;
  const resolved = incident.resolved_at === null ? undefined : Date.parse(incident.resolved_at) / 1000;
  const open = incident.state === 'firing';
  const lead = leadOf(incident, mode);
  return (
    <details open={open} class={`incident ${open ? incident.severity : ''}`}>
      <summary>
        <span class="what">
          <SeverityWord severity={incident.severity} /> <b>{incident.title}</b>
        </span>
        <span class="phase">{open ? 'open' : incident.state}</span>
        <span class="quiet" title={incident.started_at}>
          {formatMoment(started, now)}
          {resolved === undefined
            ? `, ${formatAgo(started, now)}`
            : `, for ${formatDuration(Math.max(0, resolved - started))}`}
        </span>
        <span class="quiet">{told(incident.notifications)}</span>
      </summary>
      <div class="story">
        <p>{incident.message}</p>
        {open && <p class="quiet">{ADVICE[incident.key].text}</p>}
        {open && <Silencer alertKey={incident.key} silence={silence} onChange={onSilence} />}
        <p class="row">
          {open && <a href={location.linkTo(lead.view, lead)}>Open {lead.link}</a>}
          <a href={chartsOf(started, resolved ?? now)}>See it on the charts</a>
        </p>
        <div class="columns">
          <ol aria-label="Transitions">
            {incident.transitions.map(({ timestamp, kind, severity, message }) => (
              <li key={`${timestamp} ${kind}`}>
                <time datetime={timestamp}>{formatMoment(Date.parse(timestamp) / 1000, now)}</time>
                <span>
                  <b>{kind}</b> as {severity}: <span class="quiet">{message}</span>
                </span>
              </li>
            ))}
          </ol>
          <Deliveries deliveries={incident.deliveries} />
        </div>
      </div>
    </details>
  );
}

function told(notifications: number): string {
  return notifications === 0
    ? 'nobody told'
    : notifications === 1
      ? 'told once'
      : `told ${notifications} times`;
}

/** The incident, with a quarter of its length on either side. */
function chartsOf(fromSeconds: number, toSeconds: number): string {
  const margin = Math.max(300, (toSeconds - fromSeconds) / 4);
  const range = {
    kind: 'between',
    fromSeconds: fromSeconds - margin,
    toSeconds: toSeconds + margin,
  } as const;
  return writeRoute({ view: 'now', range, params: {} });
}

function Deliveries({ deliveries }: { deliveries: readonly Delivery[] }) {
  const { live } = useDashboard();
  if (deliveries.length === 0) return <p class="quiet">Nothing was sent.</p>;
  return (
    <ul aria-label="Deliveries">
      {deliveries.map((delivery) => (
        <li key={`${delivery.notification_id} ${delivery.channel}`}>
          <time datetime={delivery.timestamp}>
            {formatMoment(Date.parse(delivery.timestamp) / 1000, live.now.get())}
          </time>
          <span>
            {delivery.outcome === 'failed' && <b class="severity high">■ failed </b>}
            <b>{delivery.channel}</b> <span class="quiet">{delivery.detail}</span>
            {delivery.attempts > 1 && <span class="quiet"> after {delivery.attempts} attempts</span>}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Channels({ status }: { status: Status | undefined }) {
  const { client } = useDashboard();
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState('');
  const [result, setResult] = useState<TestResult>();
  const configured = Object.entries(status?.channels ?? {}).filter(([, on]) => on);
  const test = async () => {
    setBusy(true);
    const answer = await attempt(() => client.send<TestResult>('POST', 'test-alert'));
    setBusy(false);
    setResult('data' in answer ? answer.data : undefined);
    setMessage('error' in answer ? answer.error.message : describeTest(answer.data));
  };
  return (
    <section class="channels" aria-label="Channels">
      <div class="row">
        <p>
          Alerts go to{' '}
          {configured.map(([name], index) => (
            <span key={name}>
              {index > 0 && ', '}
              <b>{name}</b>
            </span>
          ))}
        </p>
        <button type="button" disabled={busy} onClick={() => void test()}>
          {busy ? 'Sending…' : 'Send a test alert'}
        </button>
        <span role="status" class="quiet">
          {message}
        </span>
      </div>
      {Object.entries(status?.channel_problems ?? {}).map(([name, problem]) => (
        <p key={name}>
          <span class="severity high">■ {name}</span> {problem}
        </p>
      ))}
      {result && <Deliveries deliveries={result.deliveries} />}
    </section>
  );
}

function describeTest({ delivered, failed }: TestResult): string {
  return failed === 0
    ? `Delivered through ${delivered}.`
    : `Delivered through ${delivered}, failed through ${failed}.`;
}
