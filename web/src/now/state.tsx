// Memory as one band, with what belongs to it: swap, pressure, the limit of the control group, and the state in words.
import type { Alerts, Cgroup, DetailedMetrics, Pressure, Status, SwapMemory } from '../../../src/api/wire.ts';
import { formatBytes, formatCount, GIB, MIB } from '../../../src/units/index.ts';
import { formatAgo, formatMoment } from '../chart/scale-format.ts';
import type { Sample } from '../connection/live.ts';
import { METRICS } from '../connection/questions.ts';
import { LoadLine } from '../load-line/load-line.tsx';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';

interface StateProps {
  readonly status: Status | undefined;
  readonly alerts: Alerts | undefined;
  /** Something leaks, whether or not an alert tells of it yet. */
  readonly leaking: boolean;
}

export function State({ status, alerts, leaking }: StateProps) {
  const { live } = useDashboard();
  const streamed = useCell(live.sample);
  const asked = useAnswer<DetailedMetrics>(METRICS).data?.system_overview;
  const memory = streamed?.memory ?? asked?.memory?.virtual;
  const source = streamed ?? { ...asked, swap: asked?.memory?.swap };
  const firing = alerts?.incidents.find(({ key, state }) => key === 'high_memory' && state === 'firing');
  if (!memory) return <Waiting known={streamed !== undefined || asked !== undefined} />;
  return (
    <section class="state" aria-label="Memory now">
      <p class="percent">
        <b>{memory.percent.toFixed(1)}</b> %
      </p>
      <div class="line">
        <LoadLine
          memory={memory}
          thresholdPercent={status?.thresholds.memory ?? 100}
          severity={firing?.severity}
        />
        <ul class="parts">
          <Part name="used" gigabytes={memory.used_gb} />
          <Part name="cached" gigabytes={memory.details.cached_gb} />
          <Part name="buffers" gigabytes={memory.details.buffers_gb} />
          <Part name="free" gigabytes={memory.free_gb} />
          <li class="of">of {formatBytes(memory.total_gb * GIB)}</li>
        </ul>
      </div>
      <ul class="facts">
        <li>{describeStatus(status, leaking, live.now.get())}</li>
        <li>{describeSwap(source.swap)}</li>
        <li>{describePressure(source.pressure)}</li>
        <li>{describeLimit(source.cgroup)}</li>
        {streamed && status?.mode === 'service' && <HeapFact sample={streamed} />}
      </ul>
    </section>
  );
}

function Waiting({ known }: { known: boolean }) {
  return (
    <section class="state waiting" aria-label="Memory now">
      <p>
        {known
          ? 'The memory of this host cannot be read. The settings say where the kernel’s files are looked for.'
          : 'The first sample is being taken. The band of this machine’s memory appears here in a moment.'}
      </p>
    </section>
  );
}

function Part({ name, gigabytes }: { name: string; gigabytes: number | undefined }) {
  if (gigabytes === undefined) return null;
  return (
    <li title={`${formatCount(gigabytes * GIB)} bytes`}>
      <i class={name} />
      {name} <b>{formatBytes(gigabytes * GIB)}</b>
    </li>
  );
}

/** Memory is all right now, and will not stay so. */
const LEAKING = 'leaking';

const STATUS_WORDS = {
  healthy: 'All well',
  [LEAKING]: '● Well for now, but leaking',
  warning: '● A warning is open',
  critical: '■ Critical',
  error: '■ The last check failed',
  disabled: 'Checks are off',
} as const;

const STATUS_CLASSES = {
  healthy: '',
  [LEAKING]: 'severity warning',
  warning: 'severity warning',
  critical: 'severity high',
  error: 'severity high',
  disabled: '',
} as const;

function describeStatus(status: Status | undefined, leaking: boolean, nowSeconds: number) {
  if (!status) return '…';
  const { last_check: last, check_interval: interval } = status;
  if (!status.enabled) return 'Checks are off: ALERTING_ENABLED is false';
  if (!last) return `First check within ${interval} s`;
  const endedAt = Date.parse(last.ended_at) / 1000;
  const state = leaking && last.status === 'healthy' ? LEAKING : last.status;
  return (
    <>
      <b class={STATUS_CLASSES[state]}>{STATUS_WORDS[state]}</b>{' '}
      <span title={formatMoment(endedAt, nowSeconds)}>checked {formatAgo(endedAt, nowSeconds)}</span>
    </>
  );
}

function describeSwap(swap: SwapMemory | undefined) {
  if (!swap || swap.total_gb === 0) return 'No swap';
  return (
    <>
      Swap <b>{formatBytes(swap.used_gb * GIB)}</b> of {formatBytes(swap.total_gb * GIB)}
    </>
  );
}

function describePressure(pressure: Pressure | undefined) {
  if (!pressure?.some) return 'Pressure not measured by this kernel';
  return (
    <span title="share of the last minute in which some tasks, or all of them, waited for memory">
      Pressure <b>{pressure.some.avg60.toFixed(1)} %</b>
      {pressure.full && ` some, ${pressure.full.avg60.toFixed(1)} % full`}
    </span>
  );
}

function describeLimit(cgroup: Cgroup | undefined) {
  if (!cgroup || cgroup.limit_mb === null) return 'No memory limit on this group';
  return (
    <span title={cgroup.limit_path}>
      Limit <b>{formatBytes(cgroup.limit_mb * MIB)}</b>
      {cgroup.working_set_mb !== undefined && `, working set ${formatBytes(cgroup.working_set_mb * MIB)}`}
    </span>
  );
}

function HeapFact({ sample: { process } }: { sample: Sample }) {
  if (!process.heap) return null;
  return (
    <li title={`of this service, process ${process.pid}`}>
      Heap <b>{formatBytes(process.heap.used_mb * MIB)}</b>
      {process.heap.floor_mb !== undefined && `, floor ${formatBytes(process.heap.floor_mb * MIB)}`}
    </li>
  );
}
