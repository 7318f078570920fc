// The live table: reads at an interval, draws after every reading, key and change of size, until it is told to end.
import type { Clock } from '../../monitor/clock.ts';
import type { Seconds } from '../../units/index.ts';
import type { Io } from '../command.ts';
import { painter } from '../output.ts';
import type { HostView } from './host-lines.ts';
import { paintLine } from './line.ts';
import { screenLines } from './page.ts';
import type { TopReading } from './reading.ts';
import { openScreen } from './screen.ts';
import { FIRST_VIEW, pressAll, type View } from './view.ts';

export interface LiveOptions {
  readonly io: Io;
  readonly clock: Clock;
  readonly intervalSeconds: Seconds;
  readonly fixed: Pick<HostView, 'hostName' | 'thresholdPercent'>;
  readonly read: () => TopReading;
}

/** Returns when the user quits or a signal ends it; throws what a reading throws. The terminal is restored either way. */
export async function watchLive({ io, clock, intervalSeconds, fixed, read }: LiveOptions): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const guarded = guard(ended.reject);
  let view: View = FIRST_VIEW;
  let reading = read();
  const screen = openScreen(io);
  const draw = (): void => {
    const { columns, rows, colour } = io.stdout;
    const lines = screenLines({ ...fixed, ...reading, view }, columns, rows);
    screen.draw(lines.map((line) => paintLine(line, painter(colour), columns)));
  };
  const press = (keys: string): void => {
    const next = pressAll(view, keys);
    if (next === 'quit') ended.resolve();
    else {
      view = next;
      draw();
    }
  };
  const refresh = (): void => {
    reading = read();
    draw();
  };
  const stops = [
    io.keys.isTTY ? io.keys.start(guarded(press)) : undefined,
    io.onSignal('SIGWINCH', guarded(draw)),
    ...(['SIGINT', 'SIGTERM', 'SIGHUP'] as const).map((signal) => io.onSignal(signal, ended.resolve)),
    repeat(clock, intervalSeconds, guarded(refresh)),
  ];
  try {
    draw();
    await ended.promise;
  } finally {
    for (const stop of stops) stop?.();
    screen.close();
  }
}

/** An error in a callback ends the command like one in its own course. */
function guard(reject: (error: unknown) => void) {
  return <A extends unknown[]>(action: (...given: A) => void) =>
    (...given: A): void => {
      try {
        action(...given);
      } catch (error) {
        reject(error);
      }
    };
}

/** Waits the interval after each action, so that a slow terminal never has two under way. */
function repeat(clock: Clock, seconds: Seconds, action: () => void): () => void {
  let cancel = clock.after(seconds, run);
  function run(): void {
    action();
    cancel = clock.after(seconds, run);
  }
  return () => cancel();
}
