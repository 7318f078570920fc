// Says what would be here, and how to get it: now, from the next start on, or in a process that runs already.
import { useState } from 'preact/hooks';
import { attempt } from '../state/answer.ts';
import { useDashboard } from '../state/dashboard.tsx';

interface DisabledProps {
  readonly onBegun: () => void;
}

export function Disabled({ onBegun }: DisabledProps) {
  const { client, location } = useDashboard();
  const [state, setState] = useState<{ busy: boolean; problem: string }>({ busy: false, problem: '' });
  const begin = async () => {
    setState({ busy: true, problem: '' });
    const begun = await attempt(() => client.send('POST', 'tracemalloc/start'));
    setState({ busy: false, problem: 'error' in begun ? begun.error.message : '' });
    if (!('error' in begun)) onBegun();
  };
  return (
    <section class="empty" aria-label="Allocation profiling">
      <p>
        <strong>Allocation sites appear here when profiling is on</strong>: which function, file and line
        holds live memory, as a flame graph and a table, and what grew between two snapshots.
      </p>
      <p class="row">
        <button type="button" disabled={state.busy} onClick={() => void begin()}>
          {state.busy ? 'Beginning…' : 'Begin now'}
        </button>
        <span class="quiet">Until the next restart. What was allocated before does not show.</span>
      </p>
      {state.problem && <p role="alert">{state.problem}</p>}
      <p class="quiet">From the start on:</p>
      <pre>MONITORING_TRACEMALLOC_ENABLED=true node --import plimsoll/register app.js</pre>
      <p class="quiet">
        In another process that runs already: open it among the{' '}
        <a href={location.linkTo('processes')}>processes</a> and profile it, or run{' '}
        <code>plimsoll profile &lt;pid&gt;</code>.
      </p>
    </section>
  );
}
