// Memory over time, and beside it what explains it: swap, pressure, and the control group or the service itself.
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
  const kind = mode === 'service' ? 'service' : hasValues(shown, 'cgroup_working_set') ? 'group' : 'agent';
  return (
    <section class="charts" aria-label="Over time">
      {error && <p role="alert">{error.message}</p>}
      <Chart
        {...common}
        title="Memory"
        unit="percent"
        lines={MEMORY}
        size="large"
        atLeast={100}
        {...(thresholdPercent === undefined ? {} : { threshold: thresholdPercent })}
      />
      <div class="small-charts">
        <Chart {...common} title="Swap" unit="percent" lines={SWAP} size="small" atLeast={10} />
        <Chart {...common} title="Pressure" unit="percent" lines={PRESSURE} size="small" atLeast={5} />
        <Chart
          {...common}
          {...THIRD[kind]}
          unit="bytes"
          size="small"
          marks={kind === 'service' ? [...marks, ...collections] : marks}
        />
      </div>
    </section>
  );
}

/** The service where the monitor is inside one, else the control group where there is one. */
const THIRD = {
  service: { title: 'This service', lines: SERVICE },
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
