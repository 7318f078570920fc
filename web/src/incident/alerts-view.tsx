export function AlertsView(_: { status: unknown }) {
  return <p>…</p>;
}
