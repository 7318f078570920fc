// What a thread has to tell before the monitor listens: it waits, in order, and is told when the monitor does. Needs this thread's
// event loop until then, and does not hold it open.
import type { Seconds } from '../../units/index.ts';
import { isListening, type ThreadInvitation, type ThreadMessage, tellMonitor } from './invitation.ts';

export type Outbox = (message: ThreadMessage) => void;

const RETRY_SECONDS: Seconds = 0.5;
/** Long enough for a monitor to start; one that has not by then has failed. */
const MAX_RETRIES = 120;

export function openOutbox(invitation: ThreadInvitation): Outbox {
  let waiting: ThreadMessage[] = [];
  let retriesLeft = MAX_RETRIES;
  const deliver = (): void => {
    if (isListening(invitation)) tellMonitor(invitation, ...waiting);
    else if (retriesLeft > 0) {
      retriesLeft -= 1;
      setTimeout(deliver, RETRY_SECONDS * 1000).unref();
      return;
    }
    waiting = [];
  };
  return (message) => {
    waiting.push(message);
    // Otherwise a timer runs already.
    if (waiting.length === 1 || isListening(invitation)) deliver();
  };
}
