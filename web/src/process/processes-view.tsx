// Every process: sorted, filtered, grouped. Order and filter are in the URL.
import { useMemo } from 'preact/hooks';
import type { Hotspots, ProcessList, Status, Trends } from '../../../src/api/wire.ts';
import { HOTSPOTS, PROCESSES, TRENDS } from '../connection/questions.ts';
import { SearchBox } from '../part/search-box.tsx';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { refreshSeconds } from './refresh.ts';
import { filterRows, groupByName, SORT_KEYS, type SortKey, sortRows, toRows } from './rows.ts';
import { ProcessTable } from './table.tsx';

export function ProcessesView({ status }: { status: Status | undefined }) {
  const { live, location } = useDashboard();
  const { params } = useCell(location.route);
  const { q = '', sort = 'rss', reversed = '', grouped = '' } = params;
  const key: SortKey = SORT_KEYS.find((name) => name === sort) ?? 'rss';
  const list = useAnswer<ProcessList>(PROCESSES, { everySeconds: refreshSeconds(status) });
  const hotspots = useAnswer<Hotspots>(HOTSPOTS, { everySeconds: 30 }).data;
  const verdicts = useAnswer<Trends>(TRENDS, { everySeconds: 30, when: useCell(live.news) }).data?.verdicts;
  const all = useMemo(
    () => toRows({ processes: list.data?.processes ?? [], hotspots, verdicts }),
    [list.data, hotspots, verdicts],
  );
  const rows = useMemo(() => {
    const kept = filterRows(all, q);
    return sortRows(grouped ? groupByName(kept) : kept, key, reversed === '1');
  }, [all, q, grouped, key, reversed]);
  const sortBy = (next: SortKey) =>
    location.setParams({ sort: next, reversed: next === key && reversed === '' ? '1' : '' });
  const stale = ['stale', 'lost'].includes(useCell(live.freshness).kind);

  return (
    <section aria-labelledby="processes">
      <div class="row tools">
        <h2 id="processes">Processes</h2>
        <SearchBox
          label="Filter by name, command or pid"
          placeholder="Filter"
          value={q}
          onChange={(value) => location.setParams({ q: value })}
        />
        <label>
          <input
            type="checkbox"
            checked={grouped === '1'}
            onChange={({ currentTarget }) =>
              location.setParams({ grouped: currentTarget.checked ? '1' : '' })
            }
          />{' '}
          Group by name
        </label>
        <p class="quiet spread" role="status">
          {list.data ? describeCount(rows.length, all.length, grouped === '1') : 'Reading the process table…'}
        </p>
      </div>
      {list.error && <p role="alert">{list.error.message}</p>}
      <div class={stale ? 'stale' : ''}>
        <ProcessTable
          rows={rows}
          label="Processes"
          scrolls
          sort={{ key, reversed: reversed === '1', by: sortBy }}
          openGroup={(name) => location.setParams({ q: name, grouped: '' })}
        />
      </div>
      {list.data && rows.length === 0 && (
        <p class="quiet">No process has “{q}” in its name, command or pid.</p>
      )}
    </section>
  );
}

function describeCount(shown: number, all: number, grouped: boolean): string {
  if (grouped) return `${shown} names of ${all} processes; sums count shared pages once for each`;
  return shown === all ? `${all} processes` : `${shown} of ${all} processes`;
}
