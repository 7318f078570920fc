// One process: what it has, how that came, whether it leaks and why the monitor thinks so.
import './process.css';
import { useMemo } from 'preact/hooks';
import type { GrowingSite, MemoryLeaks, ProcessDetail, Status, Verdict } from '../../../src/api/wire.ts';
import { formatBytes, formatCount, formatDuration, MIB } from '../../../src/units/index.ts';
import { Attach, isNode } from '../attach/attach.tsx';
import { Chart, type ChartProps } from '../chart/chart.tsx';
import { type Columns, NO_COLUMNS } from '../chart/columns.ts';
import type { Line } from '../chart/lines.ts';
import { useHistory } from '../chart/use-history.ts';
import type { Sample } from '../connection/live.ts';
import { LEAKS, PROCESS_METRICS, processDetail } from '../connection/questions.ts';
import { describeFinding } from '../incident/finding.ts';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { ceilingFor, isShape, limitOf, paintEvidence, sayable } from './evidence.ts';
import { HEAP_LINES, HEAP_METRICS, stackHeapParts } from './heap-parts.ts';
import { MemoryMap } from './memory-map.tsx';
import { useProcessMarks } from './use-process-marks.ts';

const REFRESH_SECONDS = 10;
const RSS: readonly Line[] = [{ metric: 'rss', label: 'RSS', tone: 0 }];
const CPU: readonly Line[] = [{ metric: 'cpu_percent', label: 'of one processor', tone: 0 }];

interface ProcessViewProps {
  readonly pid: number;
  readonly mode: Status['mode'] | undefined;
}

export function ProcessView({ pid, mode }: ProcessViewProps) {
  const { live, location } = useDashboard();
  const { data, error } = useAnswer<ProcessDetail>(processDetail(pid), {
    everySeconds: REFRESH_SECONDS,
  });
  const own = useCell(live.sample)?.process;
  const leaks = useAnswer<MemoryLeaks>(own?.pid === pid ? LEAKS : undefined).data;
  const stale = ['stale', 'lost'].includes(useCell(live.freshness).kind);
  if (error?.code === 'PROCESS_NOT_FOUND' && !data) return <Gone pid={pid} />;
  if (!data) return <p class="quiet">{error?.message ?? 'Reading the process…'}</p>;
  const { process, verdict, trend } = data;
  const ended = error?.code === 'PROCESS_NOT_FOUND';
  return (
    <>
      <div class="row">
        <h2>
          {process.name} <span class="quiet">{pid}</span>
        </h2>
        {ended && <p role="alert">■ This process has ended; this is what was known of it.</p>}
        {own?.pid === pid && <a href={location.linkTo('heap')}>Who allocates in it</a>}
        <a class="spread" href={location.linkTo('processes')}>
          All processes
        </a>
      </div>
      <div class={`process-page ${stale || ended ? 'stale' : ''}`}>
        <Figures detail={data} />
        {verdict && <VerdictSection verdict={sayable(verdict)} growingSites={leaks?.growing_sites ?? []} />}
        <Past detail={data} hasHeap={own?.pid === pid && own.heap !== undefined} />
        {!trend && (
          <p class="quiet">
            This process has no history: the largest, the growing and the busy are followed, and it is none of
            them.
          </p>
        )}
        <MemoryMap process={process} />
        {mode === 'agent' && isNode(process) && <Attach process={process} />}
      </div>
    </>
  );
}

function Gone({ pid }: { pid: number }) {
  const { location } = useDashboard();
  return (
    <section class="empty">
      <p>No process has the id {pid}: it has ended, or never was.</p>
      <a href={location.linkTo('processes')}>All processes</a>
    </section>
  );
}

function Figures({ detail: { process, trend } }: { detail: ProcessDetail }) {
  const { live } = useDashboard();
  const now = live.now.get();
  const started = Date.parse(process.start_time) / 1000;
  const figures: readonly (readonly [label: string, value: string, title?: string])[] = [
    ['RSS', formatBytes(process.rss_bytes), `${formatCount(process.rss_bytes)} bytes`],
    ['of memory', `${process.memory_percent.toFixed(1)} %`],
    ['CPU', process.cpu_percent === null ? '–' : `${process.cpu_percent.toFixed(1)} %`, 'of one processor'],
    ['virtual', formatBytes(process.vms_bytes), 'address space, mostly never touched'],
    ['threads', String(process.threads)],
    ['running for', formatDuration(Math.max(0, now - started)), `since ${process.start_time}`],
    ...(trend ? [['largest RSS seen', formatBytes(trend.rss_max_mb * MIB)] as const] : []),
  ];
  return (
    <section aria-label="Figures">
      <dl class="figures">
        {figures.map(([label, value, title]) => (
          <div key={label} title={title}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <pre class="command-line">{process.command || process.name}</pre>
    </section>
  );
}

interface VerdictSectionProps {
  readonly verdict: Verdict;
  readonly growingSites: readonly GrowingSite[];
}

function VerdictSection({ verdict, growingSites }: VerdictSectionProps) {
  return (
    <section aria-labelledby="verdict" class="evidence">
      <h2 id="verdict" class={`verdict ${verdict.verdict}`}>
        {describeFinding(verdict, growingSites)}
      </h2>
      <ul>
        {verdict.confidence > 0 && <li>{(verdict.confidence * 100).toFixed(0)} % confident</li>}
        {verdict.evidence
          .filter((one) => !isShape(one))
          .map(({ kind, text }) => (
            <li key={`${kind} ${text}`}>{text}</li>
          ))}
        {verdict.evidence.some(isShape) && (
          <li>
            on the curve: rings, the points it was judged by; the line, what was fitted to them, dashed where
            it leads; the band, where 95 % of readings lie
          </li>
        )}
      </ul>
    </section>
  );
}

function Past({ detail, hasHeap }: { detail: ProcessDetail; hasHeap: boolean }) {
  const { process } = detail;
  const verdict = useMemo(() => detail.verdict && sayable(detail.verdict), [detail.verdict]);
  const {
    columns = NO_COLUMNS,
    error,
    span,
  } = useHistory({
    path: `processes/${process.pid}/history`,
    metrics: PROCESS_METRICS,
    read: (sample) => readProcess(sample, process.pid),
    everySeconds: REFRESH_SECONDS,
  });
  const marks = useProcessMarks(process, hasHeap);
  const limitBytes = verdict?.leak ? limitOf(verdict, process.rss_bytes) : undefined;
  const overlay = useMemo<Overlay | undefined>(
    () => verdict && ((chart, palette) => paintEvidence(chart, { verdict, limitBytes }, palette)),
    [verdict, limitBytes],
  );
  const argued = { atLeast: ceilingFor(limitBytes, process.rss_bytes), ...(overlay ? { overlay } : {}) };
  const common = { columns, span, marks };
  return (
    <section class="charts" aria-label="Over time">
      {error && <p role="alert">{error.message}</p>}
      {hasHeap ? (
        <HeapChart marks={marks} {...argued} />
      ) : (
        <Chart {...common} title="Resident memory" unit="bytes" lines={RSS} size="large" {...argued} />
      )}
      <Chart {...common} title="CPU" unit="percent" lines={CPU} size="small" atLeast={10} />
    </section>
  );
}

type Overlay = NonNullable<ChartProps['overlay']>;

type HeapChartProps = Pick<ChartProps, 'marks' | 'overlay' | 'atLeast'>;

function HeapChart(given: HeapChartProps) {
  const { columns, span } = useHistory({ path: 'history', metrics: HEAP_METRICS, read: readHeap });
  const stacked = useMemo<Columns>(() => (columns ? stackHeapParts(columns) : NO_COLUMNS), [columns]);
  return (
    <Chart
      title="RSS and what it is made of"
      unit="bytes"
      columns={stacked}
      lines={HEAP_LINES}
      span={span}
      size="large"
      stacked
      {...given}
    />
  );
}

function readProcess({ top_processes }: Sample, pid: number) {
  const found = top_processes.find((process) => process.pid === pid);
  return found && { rss: found.rss_bytes, cpu_percent: found.cpu_percent ?? undefined };
}

function readHeap({ process: { memory_mb, heap } }: Sample) {
  return (
    heap && {
      own_rss: memory_mb * MIB,
      heap_used: heap.used_mb * MIB,
      heap_total: heap.total_mb * MIB,
      heap_external: heap.external_mb * MIB,
      heap_floor: heap.floor_mb === undefined ? undefined : heap.floor_mb * MIB,
    }
  );
}
