// A snapshot now, whatever the threshold.
import { useState } from 'preact/hooks';
import type { MemoryLeaks, Snapshot } from '../../../src/api/wire.ts';
import { attempt } from '../state/answer.ts';
import { useDashboard } from '../state/dashboard.tsx';

interface TakeSnapshotProps {
  readonly sampler: MemoryLeaks['sampler'];
  readonly onTaken: () => void;
}

export function TakeSnapshot({ sampler, onTaken }: TakeSnapshotProps) {
  const { client, location } = useDashboard();
  const [state, setState] = useState<{ busy: boolean; message: string }>({ busy: false, message: '' });
  const take = async () => {
    setState({ busy: true, message: '' });
    const taken = await attempt(() => client.send<Snapshot>('POST', 'memory-snapshot'));
    setState({ busy: false, message: 'error' in taken ? taken.error.message : 'Taken.' });
    if ('error' in taken) return;
    location.setParams({ snapshot: '' });
    onTaken();
  };
  return (
    <p class="row spread">
      <span class="quiet" role="status">
        {state.message || forecast(sampler)}
      </span>
      <button type="button" disabled={state.busy} onClick={() => void take()}>
        {state.busy ? 'Taking it…' : 'Take a snapshot'}
      </button>
    </p>
  );
}

/** What it will cost, from what the newest reading did. */
function forecast(sampler: MemoryLeaks['sampler']): string {
  if (sampler?.started === 'inspector')
    return 'Forces a collection: the service pauses as long as that takes.';
  const pause = sampler?.last_pause_seconds;
  return pause === undefined
    ? ''
    : `Pauses the service for ${pause < 0.001 ? 'less than 1' : `about ${Math.round(pause * 1000)}`} ms.`;
}
