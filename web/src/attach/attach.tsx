// "Profile this process": an allocation profile of a Node.js process that knows nothing of the monitor. What it costs is said
// before it is done.
import './attach.css';
import { lazy, Suspense } from 'preact/compat';
import { useRef, useState } from 'preact/hooks';
import type { ProcessProfile, ProcessRecord } from '../../../src/api/wire.ts';
import { formatDuration, GIB } from '../../../src/units/index.ts';
import { attempt } from '../state/answer.ts';
import { useDashboard } from '../state/dashboard.tsx';

const Result = lazy(() => import('./attach-result.tsx').then((file) => file.AttachResult));

/** Of a heap as large as all of the process's RSS, on the machine this was measured on: it is less, and never more than a guess. */
const PAUSE_SECONDS_PER_GIB = 2.3;
const CONFIRM_BYTES = GIB;
const DURATIONS = [5, 15, 30, 60, 120];

type State =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sampling'; readonly seconds: number }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'done'; readonly profile: ProcessProfile };

export function isNode({ name, command }: Pick<ProcessRecord, 'name' | 'command'>): boolean {
  return /(^|\/)node(js)?$/.test(name) || /^\S*\bnode(js)?(\s|$)/.test(command);
}

export function Attach({ process }: { process: ProcessRecord }) {
  const { client } = useDashboard();
  const dialog = useRef<HTMLDialogElement>(null);
  const [state, setState] = useState<State>({ kind: 'idle' });
  const profile = async (seconds: number) => {
    dialog.current?.close();
    setState({ kind: 'sampling', seconds });
    const answer = await attempt(() =>
      client.send<ProcessProfile>('POST', `processes/${process.pid}/profile`, {
        seconds,
        confirm: process.rss_bytes > CONFIRM_BYTES,
      }),
    );
    setState(
      'error' in answer
        ? { kind: 'failed', message: answer.error.message }
        : { kind: 'done', profile: answer.data },
    );
  };
  return (
    <section aria-labelledby="allocations">
      <div class="row">
        <h2 id="allocations">Allocations</h2>
        <button
          type="button"
          disabled={state.kind === 'sampling'}
          onClick={() => dialog.current?.showModal()}
        >
          Profile this process…
        </button>
        <span role="status" class="quiet">
          {describe(state)}
        </span>
      </div>
      <dialog ref={dialog} aria-labelledby="attach-title">
        <Forecast
          process={process}
          cancel={() => dialog.current?.close()}
          profile={(seconds) => void profile(seconds)}
        />
      </dialog>
      {state.kind === 'done' && (
        <Suspense fallback={<p class="quiet">Drawing…</p>}>
          <Result profile={state.profile} />
        </Suspense>
      )}
    </section>
  );
}

function describe(state: State): string {
  switch (state.kind) {
    case 'idle':
      return 'Which functions hold what it allocates: no restart, no flag.';
    case 'sampling':
      return `Sampling for ${state.seconds} s. The process goes on meanwhile.`;
    case 'failed':
      return state.message;
    case 'done':
      return `Sampled for ${formatDuration(Math.round(state.profile.sampled_seconds))}; reading it paused the process for at most ${Math.max(1, Math.round(state.profile.pause_seconds * 1000))} ms.`;
  }
}

interface ForecastProps {
  readonly process: ProcessRecord;
  readonly cancel: () => void;
  readonly profile: (seconds: number) => void;
}

function Forecast({ process, cancel, profile }: ForecastProps) {
  const [seconds, setSeconds] = useState(30);
  const [agreed, setAgreed] = useState(false);
  const pause = (process.rss_bytes / GIB) * PAUSE_SECONDS_PER_GIB;
  const large = process.rss_bytes > CONFIRM_BYTES;
  return (
    <form
      class="forecast"
      onSubmit={(event) => {
        event.preventDefault();
        profile(seconds);
      }}
    >
      <h2 id="attach-title">
        Profile {process.name} {process.pid}
      </h2>
      <ul>
        <li>Its inspector is opened by SIGUSR1 and closed again. It needs no flag and no restart.</li>
        <li>While it is sampled it runs on, a few per cent slower.</li>
        <li>
          Reading the profile collects all of its garbage: it stands still for up to about{' '}
          <b>
            {pause < 1
              ? `${Math.max(10, Math.round(pause * 100) * 10)} ms`
              : formatDuration(Math.round(pause))}
          </b>{' '}
          if all of its memory is heap.
        </li>
        <li>What it allocated before does not show.</li>
      </ul>
      <label>
        Sample for{' '}
        <select value={seconds} onChange={({ currentTarget }) => setSeconds(Number(currentTarget.value))}>
          {DURATIONS.map((duration) => (
            <option key={duration} value={duration}>
              {duration} s
            </option>
          ))}
        </select>
      </label>
      {large && (
        <label>
          <input
            type="checkbox"
            checked={agreed}
            onChange={({ currentTarget }) => setAgreed(currentTarget.checked)}
          />{' '}
          It may stand still that long
        </label>
      )}
      <p class="row">
        <button type="submit" disabled={large && !agreed}>
          Profile it
        </button>
        <button type="button" onClick={cancel}>
          Leave it alone
        </button>
      </p>
    </form>
  );
}
