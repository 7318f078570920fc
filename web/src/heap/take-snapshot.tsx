// A snapshot now, whatever the threshold.
import { useState } from 'preact/hooks';
import type { Snapshot } from '../../../src/api/wire.ts';
import { attempt } from '../state/answer.ts';
import { useDashboard } from '../state/dashboard.tsx';

export function TakeSnapshot({ onTaken }: { onTaken: () => void }) {
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
        {state.message}
      </span>
      <button
        type="button"
        disabled={state.busy}
        title="Reads the sampler once: no collection is forced, the service pauses for a few milliseconds"
        onClick={() => void take()}
      >
        {state.busy ? 'Taking it…' : 'Take a snapshot'}
      </button>
    </p>
  );
}
