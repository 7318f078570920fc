// One setting. A change is sent as it is typed; what is allowed is the monitor's to say.
import { useState } from 'preact/hooks';
import type { Setting, SettingsChanged } from '../../../src/api/wire.ts';
import { attempt } from '../state/answer.ts';
import { useDashboard } from '../state/dashboard.tsx';

type Value = Setting['value'];

export function SettingRow({ setting, onChanged }: { setting: Setting; onChanged: () => void }) {
  const { client } = useDashboard();
  const [message, setMessage] = useState('');
  const change = async (value: Value) => {
    const answer = await attempt(() =>
      client.send<SettingsChanged>('PUT', 'settings', { [setting.key]: value }),
    );
    if ('error' in answer) return setMessage(explain(answer.error));
    setMessage(answer.data.persisted ? 'Kept.' : 'Until the next restart.');
    onChanged();
  };
  const id = `setting-${setting.key}`;
  return (
    <tr>
      <th scope="row">
        {setting.runtime ? <label for={id}>{setting.name}</label> : setting.name}
        <span class="quiet">{setting.help}</span>
      </th>
      <td>
        {setting.runtime ? (
          <Editor id={id} setting={setting} change={(value) => void change(value)} />
        ) : (
          show(setting.value, setting.unit)
        )}
        <span role="status" class={message ? 'message' : ''}>
          {message}
        </span>
      </td>
      <td class="quiet">{show(setting.default, setting.unit)}</td>
      <td class={setting.source === 'default' ? 'quiet' : ''}>
        {setting.source}{' '}
        {setting.source === 'runtime' && (
          <button
            type="button"
            class="plain"
            onClick={() => void change(null)}
            aria-label={`Take back ${setting.name}`}
          >
            take back
          </button>
        )}
      </td>
    </tr>
  );
}

interface EditorProps {
  readonly id: string;
  readonly setting: Setting;
  readonly change: (value: Value) => void;
}

function Editor({ id, setting, change }: EditorProps) {
  const value = write(setting.value);
  const [draft, setDraft] = useState({ over: value, text: value });
  // What was typed over another value is done with.
  if (draft.over !== value) setDraft({ over: value, text: value });
  const text = draft.over === value ? draft.text : value;
  const setText = (next: string) => setDraft({ over: value, text: next });
  if (typeof setting.default === 'boolean') {
    return (
      <input
        id={id}
        type="checkbox"
        checked={setting.value === true}
        onChange={({ currentTarget }) => change(currentTarget.checked)}
      />
    );
  }
  const changed = text !== value;
  return (
    <form
      class="editor"
      onSubmit={(event) => {
        event.preventDefault();
        change(read(text, setting));
      }}
    >
      <input
        id={id}
        value={text}
        title={setting.allowed}
        inputMode={typeof setting.default === 'number' ? 'decimal' : 'text'}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
        onKeyDown={({ key }) => key === 'Escape' && setText(value)}
      />
      <span class="quiet unit">{setting.unit ?? ''}</span>
      <button type="submit" class={changed ? '' : 'unchanged'} disabled={!changed}>
        Save
      </button>
    </form>
  );
}

/** What stands in the box; nothing for a setting that is unset. */
function write(value: Value): string {
  return Array.isArray(value) ? value.join(', ') : value === null ? '' : String(value);
}

/** Text that is no number is sent as it is: the monitor's answer says what is allowed. */
function read(text: string, { default: usual, value }: Setting): Value {
  const trimmed = text.trim();
  if (Array.isArray(usual) || Array.isArray(value)) return trimmed.split(/\s*,\s*/).filter(Boolean);
  if (trimmed === '') return null;
  return Number.isNaN(Number(trimmed)) ? trimmed : Number(trimmed);
}

function show(value: Value, unit: string | null): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = write(value) || 'none';
  return unit ? `${text} ${unit}` : text;
}

function explain(error: {
  readonly message: string;
  readonly problem?: { readonly problems?: readonly { readonly allowed: string }[] | undefined } | undefined;
}): string {
  const allowed = error.problem?.problems?.map((problem) => problem.allowed).join('; ');
  return allowed ? `Not changed. Allowed: ${allowed}.` : error.message;
}
