// The event stream, kept open: read until it ends or falls silent, then opened again, with longer and longer pauses. Whoever
// listens hears of every new connection, since what happened in between has to be asked for.
import type { EventData } from '../../../src/api/wire.ts';
import type { Client } from './client.ts';
import { createFrameReader } from './event-frames.ts';

export interface StreamListener {
  onOpen(): void;
  onEvent<Name extends keyof EventData>(name: Name, data: EventData[Name]): void;
  onLost(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;
/** The API writes something every 15 s; after this long the connection is dead, whatever the network says. */
const SILENCE_MS = 40_000;

/** Until the returned function is called. */
export function followStream(client: Client, listener: StreamListener): () => void {
  const stop = new AbortController();
  void keepOpen(client, listener, stop.signal);
  return () => stop.abort();
}

async function keepOpen(client: Client, listener: StreamListener, stop: AbortSignal): Promise<void> {
  let pauseMs = FIRST_PAUSE_MS;
  while (!stop.aborted) {
    const opened = await readOnce(client, listener, stop);
    if (stop.aborted) return;
    listener.onLost();
    if (client.locked.get()) await unlocked(client);
    else await pause(opened ? FIRST_PAUSE_MS : pauseMs);
    pauseMs = opened ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
  }
}

/** Whether there was a stream at all. */
async function readOnce(client: Client, listener: StreamListener, stop: AbortSignal): Promise<boolean> {
  const silence = createSilenceWatch();
  try {
    const response = await client.open('events', { signal: AbortSignal.any([stop, silence.signal]) });
    listener.onOpen();
    await readEvents(response, listener, silence.heard);
    return true;
  } catch {
    return silence.signal.aborted;
  } finally {
    silence.end();
  }
}

async function readEvents(response: Response, listener: StreamListener, heard: () => void): Promise<void> {
  const read = createFrameReader();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let chunk = await reader?.read(); chunk && !chunk.done; chunk = await reader?.read()) {
    heard();
    for (const { name, data } of read(chunk.value)) dispatch(listener, name, data);
  }
}

function dispatch(listener: StreamListener, name: string, data: string): void {
  if (name === 'sample' || name === 'alert' || name === 'verdict') listener.onEvent(name, JSON.parse(data));
}

function createSilenceWatch() {
  const controller = new AbortController();
  const start = () => setTimeout(() => controller.abort(), SILENCE_MS);
  let timer = start();
  return {
    signal: controller.signal,
    heard: () => {
      clearTimeout(timer);
      timer = start();
    },
    end: () => clearTimeout(timer),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function unlocked(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const unsubscribe = client.locked.subscribe(() => {
      unsubscribe();
      resolve();
    });
  });
}
