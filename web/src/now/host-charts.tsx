// What is watched over time, the service where the monitor is inside one and else the machine, and beside it what explains it:
// swap, pressure, and the machine around a service, or the control group.
import type { Status } from '../../../src/api/wire.ts';
import { GIB, MIB } from '../../../src/units/index.ts';
import { Chart } from '../chart/chart.tsx';
import { type Columns, NO_COLUMNS, type Reading } from '../chart/columns.ts';
import type { Line } from '../chart/lines.ts';
import type { Mark } from '../chart/mark.ts';
import { useHistory } from '../chart/use-history.ts';
import type { Sample } from '../connection/live.ts';
import { HOST_METRICS } from '../connection/questions.ts';

const MEMORY: readonly Line[] = [{ metric: 'memory_percent', label: 'in use', tone: 0 }];
const SWAP: readonly Line[] = [{ metric: 'swap_percent', label: 'in use', tone: 0 }];
const PRESSURE: readonly Line[] = [
  { metric: 'pressure_some_percent', label: 'some wait', tone: 0 },
  { metric: 'pressure_full_percent', label: 'all wait', tone: 'ink', dashed: true },
];
const SERVICE: readonly Line[] = [
  { metric: 'own_rss', label: 'RSS', tone: 0 },
  { metric: 'heap_used', label: 'heap used', tone: 'own' },
];
const GROUP: readonly Line[] = [{ metric: 'cgroup_working_set', label: 'working set', tone: 0 }];
const AGENT: readonly Line[] = [{ metric: 'own_rss', label: 'RSS', tone: 0 }];

interface HostChartsProps {
  readonly marks: readonly Mark[];
  /** Of the watched heap: shown beside it alone. */
  readonly collections: readonly Mark[];
  readonly thresholdPercent: number | undefined;
  readonly mode: Status['mode'] | undefined;
}

export function HostCharts({ marks, collections, thresholdPercent, mode }: HostChartsProps) {
  const { columns, error, span } = useHistory({ path: 'history', metrics: HOST_METRICS, read });
  const shown = columns ?? NO_COLUMNS;
  const common = { columns: shown, span, marks };
  const host = {
    title: 'Memory',
    unit: 'percent',
    lines: MEMORY,
    atLeast: 100,
    ...(thresholdPercent === undefined ? {} : { threshold: thresholdPercent }),
  } as const;
  const kind = mode === 'service' ? 'service' : hasValues(shown, 'cgroup_working_set') ? 'group' : 'agent';
  return (
    <section class="charts" aria-label="Over time">
      {error && <p role="alert">{error.message}</p>}
      {kind === 'service' ? (
        <Chart
          {...common}
          title="This service"
          unit="bytes"
          lines={SERVICE}
          size="large"
          marks={[...marks, ...collections]}
        />
      ) : (
        <Chart {...common} {...host} size="large" />
      )}
      <div class="small-charts">
        {kind === 'service' && <Chart {...common} {...host} title="This machine" size="small" />}
        <Chart {...common} title="Swap" unit="percent" lines={SWAP} size="small" atLeast={10} />
        <Chart {...common} title="Pressure" unit="percent" lines={PRESSURE} size="small" atLeast={5} />
        {kind !== 'service' && <Chart {...common} {...THIRD[kind]} unit="bytes" size="small" />}
      </div>
    </section>
  );
}

/** Of what the host's figures do not say. */
const THIRD = {
  group: { title: 'Control group', lines: GROUP },
  agent: { title: 'The monitor itself', lines: AGENT },
} as const;

function hasValues({ metrics }: Columns, metric: string): boolean {
  return metrics[metric]?.mean.some((value) => value !== null) ?? false;
}

function read(sample: Sample): Reading {
  const { memory, swap, pressure, cgroup, process } = sample;
  return {
    memory_percent: memory?.percent,
    swap_percent: swap && (swap.total_gb > 0 ? (swap.used_gb * GIB * 100) / (swap.total_gb * GIB) : 0),
    pressure_some_percent: pressure?.some?.avg10,
    pressure_full_percent: pressure?.full?.avg10,
    cgroup_working_set: scaled(cgroup?.working_set_mb),
    own_rss: scaled(process.memory_mb),
    heap_used: scaled(process.heap?.used_mb),
  };
}

function scaled(megabytes: number | undefined): number | undefined {
  return megabytes === undefined ? undefined : megabytes * MIB;
}
