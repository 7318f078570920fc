// Writes into a store as fast as it can and says after each sample that it was recorded, until it is killed.
// `node killed-writer.ts <data directory> <first sequence number>`
import { writeSync } from 'node:fs';
import { NOON, openHistory, processSample, recordAt } from './records.ts';

const [dataDir = '', first = '0'] = process.argv.slice(2);
const history = openHistory(dataDir);
for (let sequence = Number(first); ; sequence += 1) {
  const atSeconds = NOON + sequence;
  history.record(recordAt(atSeconds, [processSample({ rssBytes: sequence * 4096 })], sequence * 1024));
  if (sequence % 10 === 0) history.saveSettings({ sampleInterval: sequence });
  // Synchronous, so that what the parent reads was recorded before.
  writeSync(1, `${sequence}\n`);
  history.maintain(atSeconds);
}
