// The log: one JSON object a line, for people with grep and for collectors. What repeats is told when it changes.
import { formatTime, type Seconds } from '../units/index.ts';

export type LogLevel = 'info' | 'warning' | 'error';
export type LogFields = Readonly<Record<string, unknown>>;

export type Log = (level: LogLevel, event: string, fields?: LogFields) => void;

export function createLog(write: (line: string) => void, wallSeconds: () => Seconds): Log {
  return (level, event, fields = {}) =>
    write(`${JSON.stringify({ timestamp: formatTime(wallSeconds()), level, event, ...fields })}\n`);
}

/** Says a state only when it differs from the one last said for the same subject. */
export function sayOnChange(
  log: Log,
): (subject: string, state: string, level: LogLevel, event: string, fields?: LogFields) => void {
  const said = new Map<string, string>();
  return (subject, state, level, event, fields) => {
    if (said.get(subject) === state) return;
    said.set(subject, state);
    log(level, event, fields);
  };
}
