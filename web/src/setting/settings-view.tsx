export function SettingsView(_: { status: unknown }) {
  return <p>…</p>;
}
