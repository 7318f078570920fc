// The service's worker threads: each has a heap of its own, with a limit of its own.
import type { MemoryLeaks, WorkerThreadDeath } from '../../../src/api/wire.ts';
import { formatBytes, MIB } from '../../../src/units/index.ts';
import { formatMoment } from '../chart/scale-format.ts';
import { describeSite } from '../incident/finding.ts';
import { useDashboard } from '../state/dashboard.tsx';

type Worker = NonNullable<MemoryLeaks['workers']>[number];
type WorkersProps = Pick<MemoryLeaks, 'workers' | 'workers_not_shown' | 'workers_out_of_memory'>;

export function Workers({
  workers = [],
  workers_not_shown: more = 0,
  workers_out_of_memory: dead = [],
}: WorkersProps) {
  if (workers.length + dead.length === 0) return null;
  return (
    <section aria-labelledby="workers">
      <h2 id="workers">Worker threads</h2>
      {dead.map((death) => (
        <Death key={death.thread_id} death={death} />
      ))}
      {workers.length > 0 && (
        <div class="wide">
          <table class="plain-table" aria-label="Worker threads">
            <thead>
              <tr>
                <th scope="col">Thread</th>
                <th scope="col">Grows most</th>
                <th scope="col" class="number">
                  Heap used
                </th>
                <th scope="col" class="number">
                  Floor
                </th>
                <th scope="col" class="number">
                  Limit
                </th>
                <th scope="col" class="number">
                  External
                </th>
              </tr>
            </thead>
            <tbody>
              {workers.map((worker) => (
                <WorkerLine key={worker.thread_id} worker={worker} />
              ))}
            </tbody>
          </table>
        </div>
      )}
      {more > 0 && <p class="quiet">And {more} more.</p>}
    </section>
  );
}

const size = (bytes: number | undefined) => (bytes === undefined ? '–' : formatBytes(bytes));

function WorkerLine({ worker }: { worker: Worker }) {
  return (
    <tr>
      <td>
        <b>{worker.name}</b> <span class="quiet">{worker.thread_id}</span>
        {worker.verdict?.leak && <span class="severity high"> ■ leaking</span>}
      </td>
      <td class="quiet">{describeGrowth(worker)}</td>
      <td class="number">{size(worker.heap_used_bytes)}</td>
      <td class="number">{size(worker.heap_floor_bytes)}</td>
      <td class="number">{size(worker.heap_limit_bytes)}</td>
      <td class="number">{size(worker.external_bytes)}</td>
    </tr>
  );
}

function describeGrowth({ growing_sites: [site], sampled, not_sampled_because: reason }: Worker): string {
  if (site) return `${describeSite(site)} +${formatBytes(site.growth_mb * MIB)}`;
  return sampled ? 'nothing' : `not sampled: ${reason ?? 'profiling is off'}`;
}

function Death({
  death: { name, thread_id, timestamp, heap_limit_bytes: limit },
}: {
  death: WorkerThreadDeath;
}) {
  const { live } = useDashboard();
  return (
    <p>
      <span class="severity high">■ {name}</span> ({thread_id}) ran out of memory at{' '}
      {formatMoment(Date.parse(timestamp) / 1000, live.now.get())}
      {limit === undefined ? '' : `, its heap may have ${formatBytes(limit)}`}
    </p>
  );
}
