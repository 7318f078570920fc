// Says what would be here, and how to get it.
export function Disabled({ message }: { message: string | undefined }) {
  return (
    <section class="empty" aria-label="Allocation profiling">
      <p>
        <strong>Allocation sites appear here when profiling is on</strong>: which function, file and line
        holds live memory, as a flame graph and a table, and what grew between two snapshots.
      </p>
      {message && <p class="quiet">{message}</p>}
      <pre>MONITORING_TRACEMALLOC_ENABLED=true node --import plimsoll/register app.js</pre>
      <p class="quiet">
        For a process that runs already: <code>plimsoll profile &lt;pid&gt;</code> attaches, samples for 30 s,
        and detaches.
      </p>
    </section>
  );
}
