// The sites in text: what the flame graph shows, for reading, sorting by eye, and copying.
import { formatBytes } from '../../../src/units/index.ts';
import { shortPath } from '../part/short-path.ts';
import type { SiteRow, Sites } from './sites.ts';

export function SiteTable({ sites: { rows, cautions }, search }: { sites: Sites; search: string }) {
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
              <SiteLine key={`${row.functionName} ${row.file}:${row.line}`} row={row} compared={compared} />
            ))}
          </tbody>
        </table>
      </div>
      {shown.length === 0 && <p class="quiet">No site has “{search}” in its function or file.</p>}
      {shown.length > 100 && <p class="quiet">The largest 100 of {shown.length}.</p>}
    </>
  );
}

function SiteLine({ row, compared }: { row: SiteRow; compared: boolean }) {
  const { functionName, file, line, liveBytes, share, growthBytes = 0, count } = row;
  const grown = growthBytes > 0 ? 'grew' : growthBytes < 0 ? 'shrank' : 'quiet';
  return (
    <tr>
      <td>
        <b>{functionName || '(anonymous)'}</b>
      </td>
      <td class="quiet" title={file}>
        {file ? `${shortPath(file)}:${line}` : ''}
      </td>
      {compared && (
        <td class={`number ${grown}`} title={`${growthBytes.toLocaleString('en')} bytes`}>
          {growthBytes > 0 ? '+' : ''}
          {formatBytes(growthBytes)}
        </td>
      )}
      <td class="number" title={`${liveBytes.toLocaleString('en')} bytes`}>
        {formatBytes(liveBytes)}
      </td>
      <td class="number">{(share * 100).toFixed(1)} %</td>
      <td class="number">{count > 0 ? Math.round(count).toLocaleString('en') : '–'}</td>
    </tr>
  );
}
