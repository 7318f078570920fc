// A composed signal with a clean-up that knows its request: the registry holds the signal for as long as the request lives.
import { Request } from 'undici';
import { drive, fixed } from './loop.mjs';

await drive({
  rate: 150,
  warmup: 500,
  step: 400,
  async iter(i) {
    const { signal } = new AbortController();
    const request = new Request(`http://127.0.0.1/item/${i}`, {
      signal,
      headers: { 'x-request': `request-${i}` },
    });
    if (!fixed) signal.unsubscribe = () => request.signal.aborted;
    if (request.signal.aborted) throw new Error('aborted');
  },
});
