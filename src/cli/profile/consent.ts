// Asks before a large heap is paused: on a terminal by a question, elsewhere it takes --yes.
import { type PauseForecast, pauseText } from '../../heap/attach/index.ts';
import type { Io } from '../command.ts';

export async function askConsent(forecast: PauseForecast, agreed: boolean, io: Io): Promise<boolean> {
  if (agreed) return true;
  if (!io.keys.isTTY || !io.stderr.isTTY) return false;
  io.stderr.write(`pause ${pauseText(forecast)}? [y/N] `);
  const key = await nextKey(io);
  io.stderr.write('\n');
  return /^y/i.test(key);
}

/** Ctrl-C is a key like another here, and no consent. */
function nextKey({ keys }: Io): Promise<string> {
  return new Promise((resolve) => {
    const stop = keys.start((key) => {
      stop();
      resolve(key);
    });
  });
}
