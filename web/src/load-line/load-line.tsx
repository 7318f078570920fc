// The load line: a band of the machine's memory, filled from the left by used, cached and buffers, with the circle-and-bar mark
// at the threshold. Used is total minus available, so that cached and buffers may not have room for all they are: they are
// drawn as far as the band goes.
import './load-line.css';
import type { AlertEntry, VirtualMemory } from '../../../src/api/wire.ts';
import { formatBytes, GIB } from '../../../src/units/index.ts';

export interface LoadLineProps {
  readonly memory: VirtualMemory;
  readonly thresholdPercent: number;
  /** What a breach counts as; absent while there is none. */
  readonly severity?: AlertEntry['severity'] | undefined;
}

interface Part {
  readonly name: 'used' | 'over' | 'cached' | 'buffers';
  readonly percent: number;
}

export function LoadLine({ memory, thresholdPercent, severity }: LoadLineProps) {
  const parts = partsOf(memory, thresholdPercent);
  return (
    <div class={`load-line ${severity ?? ''}`} role="img" aria-label={describe(memory, thresholdPercent)}>
      <div class="band">
        {parts.map(({ name, percent }) => (
          <div key={name} class={name} style={{ width: `${percent}%` }} />
        ))}
      </div>
      <svg
        class="threshold"
        style={{ left: `${thresholdPercent}%` }}
        viewBox="0 0 48 56"
        width="48"
        height="56"
        aria-hidden="true"
      >
        <path class="stem" d="M24 0v56" />
        <circle cx="24" cy="28" r="12" />
        <path d="M4 28h40" />
      </svg>
    </div>
  );
}

export function partsOf(memory: VirtualMemory, thresholdPercent: number): readonly Part[] {
  const share = (gigabytes = 0) => (gigabytes / memory.total_gb) * 100;
  const used = Math.min(100, memory.percent);
  const cached = Math.min(100 - used, share(memory.details.cached_gb));
  const buffers = Math.min(100 - used - cached, share(memory.details.buffers_gb));
  return [
    { name: 'used', percent: Math.min(used, thresholdPercent) },
    { name: 'over', percent: Math.max(0, used - thresholdPercent) },
    { name: 'cached', percent: cached },
    { name: 'buffers', percent: buffers },
  ];
}

function describe({ percent, total_gb, available_gb }: VirtualMemory, thresholdPercent: number): string {
  const side = percent > thresholdPercent ? 'over' : 'under';
  return `${percent} % of ${formatBytes(total_gb * GIB)} in use, ${formatBytes(available_gb * GIB)} available: ${side} the line at ${thresholdPercent} %`;
}
