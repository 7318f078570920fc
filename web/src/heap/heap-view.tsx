// Who allocates what lives: the finding, the flame graph, the table, and the difference of two snapshots.
import './heap.css';
import '../incident/findings.css';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { MemoryLeaks, Snapshot } from '../../../src/api/wire.ts';
import type { Profile } from '../../../src/model/index.ts';
import { LEAKS } from '../connection/questions.ts';
import { describeFinding } from '../incident/finding.ts';
import { PreviousRun } from '../incident/previous-run.tsx';
import { SearchBox } from '../part/search-box.tsx';
import { useAfterPaint } from '../state/after-paint.ts';
import { useAnswer } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';
import { Buffers } from './buffers.tsx';
import { Disabled } from './disabled.tsx';
import { FlameGraph } from './flame/flame-graph.tsx';
import { buildFlameTree } from './flame/tree.ts';
import { GrowingSites } from './growing-sites.tsx';
import { createProfileShelf } from './profiles.ts';
import { SiteTable } from './site-table.tsx';
import { readSites } from './sites.ts';
import { SnapshotPicker } from './snapshot-picker.tsx';
import { TakeSnapshot } from './take-snapshot.tsx';
import { Workers } from './workers.tsx';

const REFRESH_SECONDS = 15;

export function HeapView() {
  const { live } = useDashboard();
  const leaks = useAnswer<MemoryLeaks>(LEAKS, {
    everySeconds: REFRESH_SECONDS,
    when: useCell(live.news),
  });
  const { data } = leaks;
  if (!data) return <p class="quiet">{leaks.error?.message ?? 'Asking what allocates…'}</p>;
  const snapshots = data.snapshots.toSorted((a, b) => a.timestamp.localeCompare(b.timestamp));
  return (
    <>
      <div class="row">
        <h2>Heap</h2>
        {data.verdict && <p>{describeFinding(data.verdict, data.growing_sites)}</p>}
        {data.enabled && <TakeSnapshot sampler={data.sampler} onTaken={leaks.refresh} />}
      </div>
      {!data.enabled && <Disabled onBegun={leaks.refresh} />}
      {data.previous_run && <PreviousRun death={data.previous_run} />}
      <GrowingSites sites={data.growing_sites} snapshot={snapshots.at(-1)?.id} />
      {snapshots.length > 0 && <Explorer snapshots={snapshots} />}
      <Buffers ledger={data.buffers} />
      <Workers {...data} />
      {data.enabled && snapshots.length === 0 && (
        <p class="quiet">
          No snapshot yet. One is taken when the process reaches {data.threshold_mb} MiB (it has{' '}
          {data.current_memory_mb ?? 'not been measured'}), or now with the button above.
        </p>
      )}
    </>
  );
}

function Explorer({ snapshots }: { snapshots: readonly Snapshot[] }) {
  const { location } = useDashboard();
  const { params } = useCell(location.route);
  const [search, setSearch] = useState('');
  const shown = snapshots.find(({ id }) => id === params.snapshot) ?? snapshots.at(-1);
  const earlier = snapshots.filter(({ timestamp }) => shown !== undefined && timestamp < shown.timestamp);
  const before = earlier.find(({ id }) => id === params.since);
  const inverted = params.inverted === '1';
  const profiles = useProfiles(shown?.id, before?.id);
  const tree = useMemo(
    () => profiles.after && buildFlameTree({ profile: profiles.after, before: profiles.before, inverted }),
    [profiles.after, profiles.before, inverted],
  );
  const sites = useAfterPaint(
    () => profiles.after && readSites(profiles.after, profiles.before),
    [profiles.after, profiles.before],
  );
  return (
    <section aria-label="Snapshot" class="explorer">
      <SnapshotPicker snapshots={snapshots} earlier={earlier} shown={shown} before={before} />
      <div class="row">
        <SearchBox
          label="Find a function or a file"
          placeholder="Find a function or file"
          value={search}
          onChange={setSearch}
        />
        <label>
          <input
            type="checkbox"
            checked={inverted}
            onChange={({ currentTarget }) =>
              location.setParams({ inverted: currentTarget.checked ? '1' : '' })
            }
          />{' '}
          Inverted: who allocates first, callers below
        </label>
        <Key compared={before !== undefined} />
      </div>
      {profiles.error && <p role="alert">{profiles.error}</p>}
      {tree ? (
        <FlameGraph tree={tree} compared={before !== undefined} search={search} />
      ) : (
        <p class="quiet placeholder">{profiles.error ? '' : 'Reading the snapshot…'}</p>
      )}
      {sites && <SiteTable sites={sites} search={search} snapshot={shown?.id} />}
    </section>
  );
}

function Key({ compared }: { compared: boolean }) {
  const entries = compared
    ? [
        ['grew', 'grew'],
        ['shrank', 'shrank'],
        ['neutral', 'as it was'],
      ]
    : [
        ['own', 'application'],
        ['own-soft', 'packages'],
        ['neutral', 'Node.js and native'],
      ];
  return (
    <ul class="key spread">
      {entries.map(([token, label]) => (
        <li key={token}>
          <i class={token} />
          {label}
        </li>
      ))}
    </ul>
  );
}

interface Profiles {
  readonly after?: Profile;
  readonly before?: Profile | undefined;
  readonly error?: string;
}

/** What was shown stays until the next is there. */
function useProfiles(afterId: string | undefined, beforeId: string | undefined): Profiles {
  const { client } = useDashboard();
  const shelf = useMemo(() => createProfileShelf(client), [client]);
  const [profiles, setProfiles] = useState<Profiles>({});
  useEffect(() => {
    let wanted = true;
    const load = async () => {
      if (afterId === undefined) return;
      const [after, before] = await Promise.all([
        shelf.load(afterId),
        beforeId === undefined ? undefined : shelf.load(beforeId),
      ]);
      if (wanted) setProfiles({ after, before });
    };
    load().catch((error: Error) => wanted && setProfiles({ error: error.message }));
    return () => {
      wanted = false;
    };
  }, [shelf, afterId, beforeId]);
  return profiles;
}
