// The token, where one is needed: it goes with every request and is kept for the tab alone.
const TOKEN_KEY = 'plimsoll-token';

type Kept = Pick<Storage, 'getItem' | 'setItem'>;

/** `given` stands: a token is tried before it is kept. */
export function withToken(storage: Kept, given?: HeadersInit): Headers {
  const headers = new Headers(given);
  const token = storage.getItem(TOKEN_KEY);
  if (token && !headers.has('authorization')) headers.set('authorization', `Bearer ${token}`);
  return headers;
}

export function keepToken(storage: Kept, token: string): void {
  storage.setItem(TOKEN_KEY, token);
}
