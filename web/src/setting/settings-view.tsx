// Every setting, its value and where it came from; those that can change while the monitor runs are changed here.
import './settings.css';
import { useState } from 'preact/hooks';
import type { Setting, SettingsList, Status } from '../../../src/api/wire.ts';
import { formatBytes, formatCount, formatDuration, MIB } from '../../../src/units/index.ts';
import { SETTINGS } from '../connection/questions.ts';
import { SearchBox } from '../part/search-box.tsx';
import { useAnswer } from '../state/answer.ts';
import { SettingRow } from './setting-row.tsx';

export function SettingsView({ status }: { status: Status | undefined }) {
  const [search, setSearch] = useState('');
  const { data, error, refresh } = useAnswer<SettingsList>(SETTINGS);
  const found = data?.settings.filter((setting) => matches(setting, search)) ?? [];
  const [changeable, fixed] = [
    found.filter(({ runtime }) => runtime),
    found.filter(({ runtime }) => !runtime),
  ];
  return (
    <>
      <div class="row">
        <h2>Settings</h2>
        <SearchBox label="Find a setting" placeholder="Find" value={search} onChange={setSearch} />
        {status && <p class="quiet spread">{describeStore(status)}</p>}
      </div>
      {error && <p role="alert">{error.message}</p>}
      <Group title="Changeable while it runs" settings={changeable} onChanged={refresh} />
      <Group title="Set at the start" settings={fixed} onChanged={refresh} />
      {status && <Self status={status} />}
    </>
  );
}

function matches({ name, help }: Setting, search: string): boolean {
  return `${name} ${help}`.toLowerCase().includes(search.trim().toLowerCase());
}

function describeStore({ history }: Status): string {
  switch (history.kind) {
    case 'memory':
      return 'Changes last until the next restart: there is no store.';
    case 'disk':
      return `Changes are kept in ${history.path}.`;
    case 'degraded':
      return `The store at ${history.path} fails (${history.reason}): changes are kept in memory until it recovers.`;
  }
}

interface GroupProps {
  readonly title: string;
  readonly settings: readonly Setting[];
  readonly onChanged: () => void;
}

function Group({ title, settings, onChanged }: GroupProps) {
  if (settings.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <table class="settings">
        <thead>
          <tr>
            <th scope="col">Setting</th>
            <th scope="col">Value</th>
            <th scope="col">Default</th>
            <th scope="col">From</th>
          </tr>
        </thead>
        <tbody>
          {settings.map((setting) => (
            <SettingRow key={setting.key} setting={setting} onChanged={onChanged} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Self({ status: { version, mode, uptime_seconds, self } }: { status: Status }) {
  const failing = self.collectors.filter(({ outcome }) => outcome === 'failed');
  return (
    <section aria-labelledby="self">
      <h3 id="self">What the monitor costs</h3>
      <p class="quiet">
        Plimsoll {version}, {mode}, up {formatDuration(Math.round(uptime_seconds))}:{' '}
        {formatBytes(self.memory_mb * MIB)}, {self.cpu_percent.toFixed(2)} % of one processor,{' '}
        {formatCount(self.samples_total)} samples, {self.dropped_samples_total} dropped.
      </p>
      {failing.map(({ collector, reason }) => (
        <p key={collector}>
          <span class="severity warning">● {collector}</span> {reason}
        </p>
      ))}
    </section>
  );
}
