export function HeapView() {
  return <p>…</p>;
}
