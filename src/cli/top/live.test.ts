import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostWith, memoryWith, rowWith, THREE_ROWS } from '../../../test/cli/top-samples.ts';
import { createManualClock } from '../../../test/manual-clock.ts';
import type { Io, ProcessSignal } from '../command.ts';
import { watchLive } from './live.ts';
import type { TopReading } from './reading.ts';

const ENTER_ALTERNATE = '\u001b[?1049h';
const LEAVE_ALTERNATE = '\u001b[?1049l';

/** A terminal whose keyboard, size and signals the test has in hand. */
function fakeTerminal() {
  let written = '';
  let onKeys: ((keys: string) => void) | undefined;
  const exits = new Set<() => void>();
  const signals = new Map<ProcessSignal, () => void>();
  const size = { columns: 90, rows: 12 };
  const io: Io = {
    env: {},
    stdout: {
      write: (text) => {
        written += text;
      },
      isTTY: true,
      colour: false,
      get columns() {
        return size.columns;
      },
      get rows() {
        return size.rows;
      },
    },
    stderr: { write: () => {}, isTTY: true, colour: false, columns: 80, rows: 24 },
    keys: {
      isTTY: true,
      start: (listener) => {
        onKeys = listener;
        return () => {
          onKeys = undefined;
        };
      },
    },
    onSignal: (signal, listener) => {
      signals.set(signal, listener);
      return () => signals.delete(signal);
    },
    onExit: (listener) => {
      exits.add(listener);
      return () => exits.delete(listener);
    },
  };
  return {
    io,
    size,
    press: (keys: string) => onKeys?.(keys),
    signal: (signal: ProcessSignal) => signals.get(signal)?.(),
    exit: () => {
      for (const listener of exits) listener();
    },
    /** What was written since it was last asked for. */
    take: () => {
      const taken = written;
      written = '';
      return taken;
    },
    held: () => [onKeys !== undefined, signals.size, exits.size],
  };
}

const reading: TopReading = { host: hostWith(memoryWith(61)), rows: THREE_ROWS };

function start(read: () => TopReading = () => reading) {
  const terminal = fakeTerminal();
  const clock = createManualClock();
  const fixed = { hostName: 'host-7', thresholdPercent: 85 };
  const ended = watchLive({ io: terminal.io, clock, intervalSeconds: 2, fixed, read });
  return { terminal, clock, ended };
}

describe('the live table', () => {
  it('draws on the alternate screen, and gives everything back when q is pressed', async () => {
    const { terminal, ended } = start();
    const first = terminal.take();
    assert.ok(first.startsWith(ENTER_ALTERNATE));
    assert.match(first, /postgres/);
    terminal.press('q');
    await ended;
    assert.ok(terminal.take().endsWith(LEAVE_ALTERNATE));
    assert.deepEqual(terminal.held(), [false, 0, 0]);
  });

  it('reads again at every interval', async () => {
    let count = 0;
    const { terminal, clock, ended } = start(() => ({
      ...reading,
      rows: [rowWith(1, `reading-${count++}`)],
    }));
    assert.match(terminal.take(), /reading-0/);
    await clock.advance(2);
    assert.match(terminal.take(), /reading-1/);
    await clock.advance(4);
    assert.match(terminal.take(), /reading-3/);
    terminal.signal('SIGTERM');
    await ended;
    await clock.advance(10);
    assert.equal(count, 4, 'nothing is read after the end');
  });

  it('draws at once after a key and after a change of size', async () => {
    const { terminal, ended } = start();
    terminal.take();
    terminal.press('/back');
    assert.doesNotMatch(terminal.take().split('/back').at(-2) ?? '', /postgres/);
    terminal.size.rows = 5;
    terminal.signal('SIGWINCH');
    assert.equal(terminal.take().split('\r\n').length, 5);
    terminal.press('\u0003');
    await ended;
  });

  it('restores the terminal when a reading fails, and tells the error', async () => {
    let count = 0;
    const { terminal, clock, ended } = start(() => {
      if (count++ > 0) throw new Error('EMFILE');
      return reading;
    });
    const failed = assert.rejects(ended, /EMFILE/);
    await clock.advance(2);
    await failed;
    assert.ok(terminal.take().endsWith(LEAVE_ALTERNATE));
    assert.deepEqual(terminal.held(), [false, 0, 0]);
  });

  it('restores the terminal when the process exits under it', () => {
    const { terminal } = start();
    terminal.exit();
    assert.ok(terminal.take().endsWith(LEAVE_ALTERNATE));
  });
});
