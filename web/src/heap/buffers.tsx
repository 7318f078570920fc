// Memory off the heap: Buffers, ArrayBuffers and typed arrays, by the lines that allocated them.
import type { Buffers as Ledger } from '../../../src/api/wire.ts';
import { formatBytes, formatCount, MIB } from '../../../src/units/index.ts';
import { shortPath } from '../part/short-path.ts';

export function Buffers({ ledger }: { ledger: Ledger | undefined }) {
  if (!ledger) return null;
  const { total_mb: total, unattributed_mb: rest, top_allocations: sites } = ledger;
  return (
    <section aria-labelledby="buffers">
      <div class="row">
        <h2 id="buffers">Buffers</h2>
        <p class="quiet">
          {formatBytes(total * MIB)} off the heap
          {rest > 0 &&
            `, of which ${formatBytes(rest * MIB)} came from native code, before the monitor or from other threads`}
        </p>
      </div>
      {sites.length > 0 && (
        <div class="wide">
          <table class="plain-table" aria-label="Buffers by line">
            <thead>
              <tr>
                <th scope="col">Function</th>
                <th scope="col">Line of the call</th>
                <th scope="col" class="number">
                  Live
                </th>
                <th scope="col" class="number">
                  Share
                </th>
                <th scope="col" class="number">
                  Buffers, about
                </th>
              </tr>
            </thead>
            <tbody>
              {sites.map((site) => (
                <tr key={`${site.thread_id ?? ''} ${site.function} ${site.file}:${site.line}:${site.column}`}>
                  <td>
                    <b>{site.function || '(anonymous)'}</b>
                    {site.thread && <span class="quiet"> in {site.thread}</span>}
                  </td>
                  <td class="quiet" title={site.file}>
                    {site.file ? `${shortPath(site.file)}:${site.line}` : ''}
                  </td>
                  <td class="number">{formatBytes(site.size_mb * MIB)}</td>
                  <td class="number">
                    {((site.size_mb / Math.max(total, site.size_mb)) * 100).toFixed(1)} %
                  </td>
                  <td class="number">{formatCount(site.count)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
