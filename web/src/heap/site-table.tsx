// The sites in text: what the flame graph shows, for reading, sorting by eye, and copying; and each one's source.
import { useState } from 'preact/hooks';
import { formatBytes, formatCount } from '../../../src/units/index.ts';
import { shortPath } from '../part/short-path.ts';
import type { SiteRow, Sites } from './sites.ts';
import { mayHaveSource, SourceLines } from './source-lines.tsx';

interface SiteTableProps {
  readonly sites: Sites;
  readonly search: string;
  /** The one the sites are of, where it is kept: its sources can be asked for. */
  readonly snapshot: string | undefined;
}

export function SiteTable({ sites: { rows, cautions }, search, snapshot }: SiteTableProps) {
  const wanted = search.trim().toLowerCase();
  const shown = rows.filter(({ functionName, file }) =>
    `${functionName} ${file}`.toLowerCase().includes(wanted),
  );
  const compared = rows.some(({ growthBytes }) => growthBytes !== undefined);
  return (
    <>
      {cautions.map((caution) => (
        <p key={caution} class="quiet">
          ● {caution}
        </p>
      ))}
      <div class="wide">
        <table class="plain-table sites" aria-label="Allocation sites">
          <thead>
            <tr>
              <th scope="col">Function</th>
              <th scope="col">Where it starts</th>
              {compared && (
                <th scope="col" class="number">
                  Growth
                </th>
              )}
              <th scope="col" class="number">
                Live
              </th>
              <th scope="col" class="number">
                Share
              </th>
              <th scope="col" class="number">
                Objects, about
              </th>
            </tr>
          </thead>
          <tbody>
            {shown.slice(0, 100).map((row) => (
              <SiteLine
                key={`${row.functionName} ${row.file}:${row.line}`}
                row={row}
                compared={compared}
                snapshot={snapshot}
              />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p class="quiet">No site has “{search}” in its function or file.</p>}
      {shown.length > 100 && <p class="quiet">The largest 100 of {shown.length}.</p>}
    </>
  );
}

interface SiteLineProps {
  readonly row: SiteRow;
  readonly compared: boolean;
  readonly snapshot: string | undefined;
}

function SiteLine({ row, compared, snapshot }: SiteLineProps) {
  const [open, setOpen] = useState(false);
  const { functionName, file, line, liveBytes, share, growthBytes = 0, count } = row;
  const grown = growthBytes > 0 ? 'grew' : growthBytes < 0 ? 'shrank' : 'quiet';
  const name = functionName || '(anonymous)';
  const unfolds = snapshot !== undefined && mayHaveSource(row);
  return (
    <>
      <tr>
        <td>
          {unfolds ? (
            <button type="button" class="plain unfolds" aria-expanded={open} onClick={() => setOpen(!open)}>
              {name}
            </button>
          ) : (
            <b>{name}</b>
          )}
        </td>
        <td class="quiet" title={file}>
          {file ? `${shortPath(file)}:${line}` : ''}
        </td>
        {compared && (
          <td class={`number ${grown}`} title={`${formatCount(growthBytes)} bytes`}>
            {growthBytes > 0 ? '+' : ''}
            {formatBytes(growthBytes)}
          </td>
        )}
        <td class="number" title={`${formatCount(liveBytes)} bytes`}>
          {formatBytes(liveBytes)}
        </td>
        <td class="number">{(share * 100).toFixed(1)} %</td>
        <td class="number">{count > 0 ? formatCount(count) : '–'}</td>
      </tr>
      {unfolds && open && (
        <tr class="unfolded">
          <td colSpan={compared ? 6 : 5}>
            <SourceLines snapshot={snapshot} file={file} line={line} />
          </td>
        </tr>
      )}
    </>
  );
}
