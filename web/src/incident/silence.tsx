// Silences an alert for a while, or ends its silence: for whoever works on it already.
import { useState } from 'preact/hooks';
import type { AlertKey, Silence, Silences } from '../../../src/api/wire.ts';
import { formatMoment } from '../chart/scale-format.ts';
import { attempt } from '../state/answer.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';

const CHOICES: readonly (readonly [label: string, minutes: number])[] = [
  ['30 min', 30],
  ['2 h', 120],
  ['8 h', 480],
  ['1 d', 1440],
];

interface SilencerProps {
  readonly alertKey: AlertKey;
  readonly silence: Silence | undefined;
  readonly onChange: () => void;
}

export function Silencer({ alertKey, silence, onChange }: SilencerProps) {
  const { client, live } = useDashboard();
  const now = useCell(live.now);
  const [problem, setProblem] = useState('');
  const set = async (minutes: number) => {
    const answer = await attempt(() =>
      client.send<Silences>('PUT', `alerts/${alertKey}/silence`, { minutes }),
    );
    setProblem('error' in answer ? answer.error.message : '');
    onChange();
  };
  return (
    <p class="silencer">
      {silence ? (
        <>
          <span>Silenced until {formatMoment(Date.parse(silence.until) / 1000, now)}</span>
          <button type="button" onClick={() => void set(0)}>
            End the silence
          </button>
        </>
      ) : (
        <>
          <span>Silence for</span>
          {CHOICES.map(([label, minutes]) => (
            <button key={minutes} type="button" onClick={() => void set(minutes)}>
              {label}
            </button>
          ))}
        </>
      )}
      <span role="status" class="quiet">
        {problem}
      </span>
    </p>
  );
}
