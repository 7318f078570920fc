export function ProcessView(_: { pid: number; status: unknown }) {
  return <p>…</p>;
}
