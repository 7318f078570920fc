// The real process as commands see it.
import type { ReadStream, WriteStream } from 'node:tty';
import type { Io, KeyInput, TextOutput } from './command.ts';

export function processIo(): Io {
  return {
    env: process.env,
    stdout: textOutput(process.stdout),
    stderr: textOutput(process.stderr),
    keys: keyInput(process.stdin),
    onSignal: (signal, listener) => {
      process.on(signal, listener);
      return () => process.off(signal, listener);
    },
    onExit: (listener) => {
      process.on('exit', listener);
      return () => process.off('exit', listener);
    },
  };
}

function textOutput(stream: WriteStream): TextOutput {
  // A reader that left (`plimsoll top | head -3`) is no failure: what is still written goes nowhere.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  return {
    write: (text) => void stream.write(text),
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns || 80;
    },
    get rows() {
      return stream.rows || 24;
    },
    colour: stream.isTTY === true && !process.env.NO_COLOR && stream.hasColors(),
  };
}

function keyInput(stream: ReadStream): KeyInput {
  return {
    isTTY: stream.isTTY === true,
    start(listener) {
      const onData = (data: Buffer): void => listener(data.toString('utf8'));
      stream.setRawMode(true);
      stream.on('data', onData);
      stream.resume();
      return () => {
        stream.off('data', onData);
        stream.setRawMode(false);
        stream.pause();
      };
    },
  };
}
