// Orders for the sampler, from the monitor's thread to the application's, where the sampler lives. A thread that is busy or
// blocked takes no messages: an order that was not taken in time is void, so that nobody is told "nothing was changed" and finds
// it changed later.
import type { SamplerAnswer, SamplerOrder, SamplerSwitch } from '../heap/index.ts';
import type { Seconds } from '../units/index.ts';

/** How long an event loop may take to come round. */
const WAIT_SECONDS: Seconds = 5;
/** An order taken at the last moment has so long to be answered. */
const ANSWER_SECONDS: Seconds = 1;

export interface SamplerOrderMessage {
  readonly type: 'sampler-order';
  readonly id: number;
  readonly order: SamplerOrder;
  /** Void from then on; since the Unix epoch. */
  readonly untilSeconds: Seconds;
}

export interface SamplerAnswerMessage {
  readonly type: 'sampler-answer';
  readonly id: number;
  readonly answer: SamplerAnswer;
}

export interface SamplerOrders {
  send(order: SamplerOrder): Promise<SamplerAnswer | { readonly kind: 'no-answer' }>;
  settle(message: SamplerAnswerMessage): void;
}

export function createSamplerOrders(
  post: (message: SamplerOrderMessage) => void,
  wallSeconds: () => Seconds,
): SamplerOrders {
  const open = new Map<number, (answer: SamplerAnswer) => void>();
  let lastId = 0;
  return {
    send(order) {
      lastId += 1;
      const id = lastId;
      return new Promise((resolve) => {
        const close = (answer: SamplerAnswer | { kind: 'no-answer' }): void => {
          clearTimeout(timer);
          open.delete(id);
          resolve(answer);
        };
        const timer = setTimeout(close, (WAIT_SECONDS + ANSWER_SECONDS) * 1000, { kind: 'no-answer' });
        open.set(id, close);
        post({ type: 'sampler-order', id, order, untilSeconds: wallSeconds() + WAIT_SECONDS });
      });
    },
    settle: ({ id, answer }) => open.get(id)?.(answer),
  };
}

/** On the application's thread. Undefined for an order that came too late. */
export function takeOrder(
  { id, order, untilSeconds }: SamplerOrderMessage,
  sampler: SamplerSwitch,
  nowSeconds: Seconds,
): SamplerAnswerMessage | undefined {
  if (nowSeconds > untilSeconds) return undefined;
  return { type: 'sampler-answer', id, answer: sampler.carryOut(order) };
}
