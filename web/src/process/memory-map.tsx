// The parts of a process's memory out of smaps, when asked for: the kernel walks the page tables for it, so the cost is said first.
import { useState } from 'preact/hooks';
import type { MemoryMap as Parts, ProcessDetail, ProcessRecord } from '../../../src/api/wire.ts';
import { formatBytes, formatCount, GIB } from '../../../src/units/index.ts';
import { attempt } from '../state/answer.ts';
import { useDashboard } from '../state/dashboard.tsx';

const MS_PER_GIB = 30;

const PARTS: readonly (readonly [key: keyof Parts, label: string, title: string])[] = [
  ['uss_bytes', 'USS', 'its own alone: what would be free if it ended'],
  ['pss_bytes', 'PSS', 'its own, and its share of what it shares'],
  ['rss_bytes', 'RSS', 'everything resident, shared pages in full'],
  ['pss_anon_bytes', 'anonymous', 'heap, stacks and other memory without a file, its share'],
  ['pss_file_bytes', 'files', 'mapped files, its share'],
  ['pss_shmem_bytes', 'shared memory', 'tmpfs and shared anonymous memory, its share'],
  ['swap_bytes', 'swap', 'swapped out'],
  ['swap_pss_bytes', 'swap, its share', 'swapped out, its share'],
];

export function MemoryMap({ process }: { process: ProcessRecord }) {
  const { client } = useDashboard();
  const [map, setMap] = useState<Parts>();
  const [message, setMessage] = useState('');
  const forecastMs = Math.max(1, Math.round((process.rss_bytes / GIB) * MS_PER_GIB));
  const read = async () => {
    setMessage('Reading…');
    const answer = await attempt(() =>
      client.get<ProcessDetail>(`processes/${process.pid}?smaps=true&points=2`),
    );
    if ('error' in answer) return setMessage(answer.error.message);
    setMap(answer.data.memory_map);
    setMessage(
      answer.data.memory_map
        ? ''
        : 'This process does not let itself be read: run the monitor as its user or as root.',
    );
  };
  return (
    <section aria-labelledby="map">
      <div class="row">
        <h2 id="map">Memory map</h2>
        <button type="button" onClick={() => void read()}>
          {map ? 'Read again' : 'Read it'} (about {forecastMs} ms)
        </button>
        <span class="quiet" role="status">
          {message || (map ? '' : 'PSS and USS: what it shares, and what it has to itself.')}
        </span>
      </div>
      {map && <MapBars map={map} />}
    </section>
  );
}

function MapBars({ map }: { map: Parts }) {
  return (
    <dl class="map">
      {PARTS.map(([key, label, title]) => {
        const bytes = map[key];
        if (bytes === undefined) return null;
        return (
          <div key={key} title={title}>
            <dt>{label}</dt>
            <dd>
              <span class="bar">
                <i style={{ width: `${Math.min(100, (bytes / Math.max(1, map.rss_bytes)) * 100)}%` }} />
              </span>
              <b class="number" title={`${formatCount(bytes)} bytes`}>
                {formatBytes(bytes)}
              </b>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
