// The process table. However many rows there are, only those in sight are in the document.
import './table.css';
import { useRef } from 'preact/hooks';
import { formatBytes, formatCount, formatGrowthPerHour } from '../../../src/units/index.ts';
import { WORDS } from '../incident/finding.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { ROW_HEIGHT, useRowsInSight } from './in-sight.ts';
import type { ProcessRow, SortKey } from './rows.ts';
import { Sparkline } from './sparkline.tsx';

export interface TableProps {
  readonly rows: readonly ProcessRow[];
  readonly label: string;
  /** Without it the order is fixed. */
  readonly sort?: { readonly key: SortKey; readonly reversed: boolean; readonly by: (key: SortKey) => void };
  /** Scrolls by itself, in the height it is given. */
  readonly scrolls?: boolean;
  readonly openGroup?: (name: string) => void;
}

const HEADERS: readonly {
  readonly key: SortKey | undefined;
  readonly label: string;
  readonly class: string;
}[] = [
  { key: 'name', label: 'Process', class: 'name' },
  { key: 'rss', label: 'RSS', class: 'rss number' },
  { key: 'growth', label: 'Growth', class: 'growth number' },
  { key: undefined, label: 'Trend', class: 'trend' },
  { key: 'cpu', label: 'CPU', class: 'cpu number' },
  { key: 'verdict', label: 'Verdict', class: 'verdict' },
];

export function ProcessTable({ rows, label, sort, scrolls = false, openGroup }: TableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { first, last } = useRowsInSight(scroller, rows.length, scrolls);
  return (
    <div class={`processes ${scrolls ? 'scrolls' : ''}`} ref={scroller} tabIndex={scrolls ? 0 : undefined}>
      <table aria-label={label} aria-rowcount={rows.length + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {HEADERS.map((header) => (
              <Header key={header.label} header={header} sort={sort} />
            ))}
          </tr>
        </thead>
        <tbody>
          <OutOfSight rows={first} />
          {rows.slice(first, last).map((row, index) => (
            <Row key={row.key} row={row} index={first + index} openGroup={openGroup} />
          ))}
          <OutOfSight rows={rows.length - last} />
        </tbody>
      </table>
    </div>
  );
}

/** The room that rows out of sight take. */
function OutOfSight({ rows }: { rows: number }) {
  return rows > 0 ? (
    <tr>
      <td class="room" style={{ height: `${rows * ROW_HEIGHT}px` }} />
    </tr>
  ) : null;
}

interface HeaderProps {
  readonly header: (typeof HEADERS)[number];
  readonly sort: TableProps['sort'];
}

function Header({ header: { key, label, class: name }, sort }: HeaderProps) {
  const sorted = sort !== undefined && key === sort.key;
  const rises = sorted && (key === 'name') !== sort.reversed;
  return (
    <th scope="col" class={name} aria-sort={sorted ? (rises ? 'ascending' : 'descending') : undefined}>
      {sort && key ? (
        <button type="button" class="plain" onClick={() => sort.by(key)}>
          {label}
          <span aria-hidden="true">{sorted ? (rises ? ' ↑' : ' ↓') : ''}</span>
        </button>
      ) : (
        label
      )}
    </th>
  );
}

interface RowProps {
  readonly row: ProcessRow;
  readonly index: number;
  readonly openGroup: TableProps['openGroup'];
}

function Row({ row, index, openGroup }: RowProps) {
  return (
    <tr aria-rowindex={index + 2}>
      <td class="name clip" title={row.command}>
        {row.verdict === 'leaking' && <span class="severity high leaks">■ leaking </span>}
        <Name row={row} openGroup={openGroup} /> <span class="quiet command">{row.command}</span>
      </td>
      <td class="rss number" title={`${formatCount(row.rssBytes)} bytes`}>
        {formatBytes(row.rssBytes)}
      </td>
      <td class={`growth number ${hasMoved(row.growthBytesPerHour) ? '' : 'quiet'}`}>
        {growthText(row.growthBytesPerHour)}
      </td>
      <td class="trend">
        <Sparkline values={row.recentRssBytes} />
      </td>
      <td class="cpu number">{row.cpuPercent === undefined ? '–' : `${row.cpuPercent.toFixed(1)} %`}</td>
      <td class={`verdict ${row.verdict ?? ''}`}>{row.verdict ? WORDS[row.verdict].toLowerCase() : ''}</td>
    </tr>
  );
}

function Name({ row: { pid, name, count }, openGroup }: Pick<RowProps, 'row' | 'openGroup'>) {
  const { location } = useDashboard();
  if (pid === undefined) {
    return (
      <button type="button" class="plain group" onClick={() => openGroup?.(name)}>
        {name} × {count}
      </button>
    );
  }
  return (
    <>
      <a href={location.linkTo('process', { pid })}>{name}</a> <span class="quiet">{pid}</span>
    </>
  );
}

/** Less is not worth a look. */
const LEAST_GROWTH_BYTES = 1024;

function hasMoved(growth: number | undefined): growth is number {
  return growth !== undefined && Math.abs(growth) >= LEAST_GROWTH_BYTES;
}

function growthText(growth: number | undefined): string {
  if (growth === undefined) return '–';
  return hasMoved(growth) ? formatGrowthPerHour(growth / 3600) : '0';
}
