// A week that ends now, of 50 processes sampled every 10 s, in a store that an agent then opens.
import { type HistoryRecord, openStore } from '../../src/history/index.ts';
import { DAY, MIB } from '../../src/units/index.ts';
import { INTERVAL_SECONDS, records, START_SECONDS } from '../store/records.ts';

const WEEK = 7 * DAY;

export function writePastWeek(dataDir: string): void {
  const shift = Date.now() / 1000 - WEEK - START_SECONDS;
  const opening = openStore({
    dataDir,
    maxBytes: 512 * MIB,
    retentionDays: 90,
    nowSeconds: START_SECONDS + shift,
  });
  if (opening.kind === 'refused') throw opening.error;
  const { history } = opening;
  let ticks = WEEK / INTERVAL_SECONDS;
  for (const record of records(1)) {
    const moved = moveBy(record, shift);
    history.record(moved);
    history.maintain(moved.atSeconds);
    ticks -= 1;
    if (ticks === 0) break;
  }
  history.close();
}

function moveBy({ atSeconds, host, own, processes }: HistoryRecord, shift: number): HistoryRecord {
  return {
    atSeconds: atSeconds + shift,
    host: { ...host, atSeconds: host.atSeconds + shift },
    ...(own ? { own: { ...own, atSeconds: own.atSeconds + shift } } : {}),
    processes,
  };
}
