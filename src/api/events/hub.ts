// One subscription to the monitor, shared by every reader of the event stream: an event is written out once, however many
// read it. A reader that does not keep up is let go, so that what waits for it never grows past a bound.
import type { Monitor, MonitorEvent } from '../../monitor/monitor.ts';
import { presentEvent } from '../present/event.ts';
import { eventFrame, type Frame, HEARTBEAT, OPENING } from './frame.ts';

export interface EventHubLimits {
  readonly heartbeatMs: number;
  /** Each reader holds a connection open; a dashboard is one. */
  readonly maxReaders: number;
  /** What may wait for one reader: about ten samples. */
  readonly maxWaitingBytes: number;
}

export const EVENT_HUB_LIMITS: EventHubLimits = {
  heartbeatMs: 15_000,
  maxReaders: 32,
  maxWaitingBytes: 64 * 1024,
};

export interface EventHub {
  /** The body of a new stream, or undefined when there are too many readers. It starts with the newest sample. */
  open(): ReadableStream<Frame> | undefined;
  readers(): number;
  /** Ends every stream, and opens none any more. */
  close(): void;
}

interface Reader {
  send(frame: Frame): void;
  end(): void;
}

export function createEventHub(monitor: Monitor, limits: EventHubLimits = EVENT_HUB_LIMITS): EventHub {
  const readers = new Set<Reader>();
  let lastId = 0;
  let closed = false;
  let source: Disposable | undefined;

  const toFrame = (event: MonitorEvent): Frame => {
    lastId += 1;
    return eventFrame(lastId, event.type, presentEvent(event));
  };
  const broadcast = (frame: Frame): void => {
    for (const reader of readers) reader.send(frame);
  };
  const join = (reader: Reader): void => {
    readers.add(reader);
    source ??= listen(monitor, limits.heartbeatMs, (event) => broadcast(toFrame(event)), broadcast);
  };
  const leave = (reader: Reader): void => {
    readers.delete(reader);
    if (readers.size > 0) return;
    source?.[Symbol.dispose]();
    source = undefined;
  };
  const greet = (reader: Reader): void => {
    reader.send(OPENING);
    const latest = monitor.latest();
    if (latest) reader.send(toFrame({ type: 'sample', latest }));
  };

  return {
    open: () => {
      if (closed || readers.size >= limits.maxReaders) return undefined;
      return openStream(limits.maxWaitingBytes, { join, leave, greet });
    },
    readers: () => readers.size,
    close: () => {
      closed = true;
      for (const reader of readers) reader.end();
    },
  };
}

/** The monitor's events and a heartbeat, until disposed of. Neither keeps the process alive. */
function listen(
  monitor: Monitor,
  heartbeatMs: number,
  onEvent: (event: MonitorEvent) => void,
  onHeartbeat: (frame: Frame) => void,
): Disposable {
  const unsubscribe = monitor.subscribe(onEvent);
  const heartbeat = setInterval(() => onHeartbeat(HEARTBEAT), heartbeatMs);
  heartbeat.unref();
  return {
    [Symbol.dispose]: () => {
      clearInterval(heartbeat);
      unsubscribe();
    },
  };
}

interface Membership {
  readonly join: (reader: Reader) => void;
  readonly leave: (reader: Reader) => void;
  readonly greet: (reader: Reader) => void;
}

function openStream(maxWaitingBytes: number, { join, leave, greet }: Membership): ReadableStream<Frame> {
  let reader: Reader;
  return new ReadableStream<Frame>(
    {
      start: (controller) => {
        reader = {
          send: (frame) => {
            if ((controller.desiredSize ?? 0) >= frame.byteLength) controller.enqueue(frame);
            else reader.end();
          },
          end: () => {
            leave(reader);
            controller.close();
          },
        };
        join(reader);
        greet(reader);
      },
      cancel: () => leave(reader),
    },
    { highWaterMark: maxWaitingBytes, size: (frame) => frame.byteLength },
  );
}
