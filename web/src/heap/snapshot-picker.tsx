// Which snapshot is shown, by a slider over all that are kept, and what it is compared with.
import type { Snapshot } from '../../../src/api/wire.ts';
import { formatBytes, MIB } from '../../../src/units/index.ts';
import { formatMoment } from '../chart/scale-format.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { DOWNLOADS, download } from './profiles.ts';

interface PickerProps {
  /** Oldest first. */
  readonly snapshots: readonly Snapshot[];
  readonly earlier: readonly Snapshot[];
  readonly shown: Snapshot | undefined;
  readonly before: Snapshot | undefined;
}

export function SnapshotPicker({ snapshots, earlier, shown, before }: PickerProps) {
  const { client, live, location } = useDashboard();
  if (!shown) return null;
  const name = (snapshot: Snapshot) =>
    `${formatMoment(Date.parse(snapshot.timestamp) / 1000, live.now.get())} · ${formatBytes(snapshot.memory_mb * MIB)} · ${snapshot.trigger}`;
  return (
    <div class="picker">
      <label class="slider">
        <span>
          Snapshot <b>{name(shown)}</b> <span class="quiet">{describeBasis(shown)}</span>
        </span>
        <input
          type="range"
          min={0}
          max={snapshots.length - 1}
          value={snapshots.indexOf(shown)}
          aria-valuetext={name(shown)}
          disabled={snapshots.length < 2}
          onInput={({ currentTarget }) =>
            location.setParams({ snapshot: snapshots[Number(currentTarget.value)]?.id ?? '' })
          }
        />
      </label>
      <label>
        Difference from{' '}
        <select
          value={before?.id ?? ''}
          onChange={({ currentTarget }) => location.setParams({ since: currentTarget.value })}
        >
          <option value="">nothing: show it whole</option>
          {earlier.map((snapshot) => (
            <option key={snapshot.id} value={snapshot.id}>
              {name(snapshot)}
            </option>
          ))}
        </select>
      </label>
      <fieldset class="downloads">
        <legend class="sr">Download this snapshot</legend>
        {DOWNLOADS.map(({ extension, reader }) => (
          <button
            key={extension}
            type="button"
            title={`for ${reader}`}
            onClick={() => void download(client, shown.id, extension)}
          >
            ↓ {extension}
          </button>
        ))}
      </fieldset>
    </div>
  );
}

const BASES: Readonly<Record<Snapshot['basis'], string>> = {
  'after-major-collection': 'read just after a major collection',
  minimum: 'the least of several readings',
  'as-read': 'as read, garbage included',
};

function describeBasis(snapshot: Snapshot): string {
  const { basis, basis_readings, sampled_bytes, heap_used_mb, callees_billed_to_callers } = snapshot;
  const garbage = basis_readings === undefined ? BASES[basis] : `the least of ${basis_readings} readings`;
  const check = heap_used_mb === undefined ? '' : ` of ${formatBytes(heap_used_mb * MIB)} heap used`;
  const inlined = callees_billed_to_callers ? '; inlining is on: bytes may stand at the caller' : '';
  return `${formatBytes(sampled_bytes)} sampled${check}, ${garbage}${inlined}`;
}
