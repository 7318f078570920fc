// The largest processes, under the charts: who, how much, and whether it grows.
import { useMemo } from 'preact/hooks';
import type { Hotspots, ProcessList, Status, Verdict } from '../../../src/api/wire.ts';
import { HOTSPOTS, LARGEST } from '../connection/questions.ts';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { refreshSeconds } from './refresh.ts';
import { toRows } from './rows.ts';
import { ProcessTable } from './table.tsx';

interface SummaryProps {
  readonly verdicts: readonly Verdict[] | undefined;
  readonly status: Status | undefined;
}

export function ProcessSummary({ verdicts, status }: SummaryProps) {
  const { live, location } = useDashboard();
  const sample = useCell(live.sample);
  const everySeconds = refreshSeconds(status);
  const list = useAnswer<ProcessList>(LARGEST, { everySeconds });
  const hotspots = useAnswer<Hotspots>(HOTSPOTS, { everySeconds: 30 }).data;
  const rows = useMemo(
    () => toRows({ processes: list.data?.processes ?? [], hotspots, verdicts, sample }),
    [list.data, hotspots, verdicts, sample],
  );
  return (
    <section aria-labelledby="largest" class="summary">
      <div class="row">
        <h2 id="largest">Largest processes</h2>
        {list.data && <a href={location.linkTo('processes')}>All {list.data.total}</a>}
      </div>
      {list.error && !list.data && <p role="alert">{list.error.message}</p>}
      <ProcessTable rows={rows} label="Largest processes" />
    </section>
  );
}
