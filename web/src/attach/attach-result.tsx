// The profile of another process: as a flame graph, as a table, and as a file to keep, since the monitor does not keep it.
import { useMemo, useState } from 'preact/hooks';
import type { ProcessProfile } from '../../../src/api/wire.ts';
import { decodeHeapProfile } from '../../../src/profile/formats/heapprofile.ts';
import { FlameGraph } from '../heap/flame/flame-graph.tsx';
import { buildFlameTree } from '../heap/flame/tree.ts';
import { saveFile } from '../heap/profiles.ts';
import { SiteTable } from '../heap/site-table.tsx';
import { readSites } from '../heap/sites.ts';
import { SearchBox } from '../part/search-box.tsx';

export function AttachResult({ profile }: { profile: ProcessProfile }) {
  const [search, setSearch] = useState('');
  const decoded = useMemo(() => decodeHeapProfile(profile.heapprofile), [profile]);
  const tree = useMemo(() => buildFlameTree({ profile: decoded, inverted: false }), [decoded]);
  const sites = useMemo(() => {
    const { rows, cautions } = readSites(decoded, undefined);
    return { rows, cautions: [...profile.cautions, ...cautions] };
  }, [decoded, profile]);
  const save = () =>
    saveFile(new Blob([JSON.stringify(profile.heapprofile)]), `process-${profile.pid}.heapprofile`);
  return (
    <div class="attached">
      <div class="row">
        <SearchBox
          label="Find a function or a file"
          placeholder="Find a function or file"
          value={search}
          onChange={setSearch}
        />
        <button type="button" class="spread" onClick={save}>
          ↓ heapprofile
        </button>
      </div>
      <FlameGraph tree={tree} compared={false} search={search} />
      <SiteTable sites={sites} search={search} snapshot={undefined} />
    </div>
  );
}
