// Asks for the token once. It is kept for the tab alone.
import { useState } from 'preact/hooks';
import { useDashboard } from '../state/dashboard.tsx';

export function TokenGate() {
  const { client } = useDashboard();
  const [token, setToken] = useState('');
  const [refused, setRefused] = useState(false);
  const submit = async (event: Event) => {
    event.preventDefault();
    setRefused(!(await unlocks(client, token.trim())));
  };
  return (
    <main class="gate">
      <form onSubmit={(event) => void submit(event)}>
        <h2>This monitor asks for a token</h2>
        <p class="quiet">
          It is the value of <code>MONITORING_TOKEN</code> where the monitor was started. This tab keeps it
          until it is closed.
        </p>
        <label for="token">Token</label>
        <input
          id="token"
          type="password"
          autocomplete="current-password"
          required
          value={token}
          aria-describedby={refused ? 'refused' : undefined}
          aria-invalid={refused}
          onInput={({ currentTarget }) => setToken(currentTarget.value)}
        />
        {refused && (
          <p id="refused" role="alert" class="severity high">
            ■ The monitor refused this token.
          </p>
        )}
        <button type="submit">Show the dashboard</button>
      </form>
    </main>
  );
}

/** Tries the token before it replaces the page: a wrong one would only bring the question back. */
async function unlocks(client: ReturnType<typeof useDashboard>['client'], token: string): Promise<boolean> {
  try {
    await client.open('status', { headers: { authorization: `Bearer ${token}` } });
  } catch {
    return false;
  }
  client.unlock(token);
  return true;
}
