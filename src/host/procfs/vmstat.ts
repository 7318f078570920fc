// /proc/vmstat: counters since boot. Here the few that tell of memory running short: faults, swap traffic and OOM kills.
import { join } from 'node:path';
import { type PagingCounters, ParseError, present } from '../../model/index.ts';
import { type Bytes, parseUnsigned } from '../../units/index.ts';
import { readText } from './read-text.ts';

/** psutil counts swapped pages as 4 KiB whatever the page size, and its figures are the ones to match. */
const SWAP_PAGE_BYTES: Bytes = 4096;

/** @throws {ParseError} where a line is no `name number`. */
export function parseVmstat(text: string): PagingCounters {
  const counters = new Map<string, number>();
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const [name = '', number = '', ...more] = line.split(' ');
    const value = parseUnsigned(number);
    if (value === undefined || more.length > 0) {
      throw new ParseError('vmstat', `not a counter: ${JSON.stringify(line.slice(0, 80))}`);
    }
    counters.set(name, value);
  }
  if (counters.size === 0) throw new ParseError('vmstat', 'it is empty');
  return pagingCounters(counters);
}

function pagingCounters(counters: ReadonlyMap<string, number>): PagingCounters {
  const pages = (name: string): Bytes | undefined => {
    const count = counters.get(name);
    return count === undefined ? undefined : count * SWAP_PAGE_BYTES;
  };
  return present({
    faults: counters.get('pgfault'),
    majorFaults: counters.get('pgmajfault'),
    swappedInBytes: pages('pswpin'),
    swappedOutBytes: pages('pswpout'),
    oomKills: counters.get('oom_kill'),
  });
}

export function readVmstat(procRoot: string): PagingCounters | undefined {
  const text = readText(join(procRoot, 'vmstat'));
  return text === undefined ? undefined : parseVmstat(text);
}
