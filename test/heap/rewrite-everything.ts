// A preload: precise mode for every file that is loaded, packages and Plimsoll's own included, which it spares otherwise.
import { writeFileSync } from 'node:fs';
import { startPreciseMode } from '../../src/heap/precise/index.ts';

const counts = { rewritten: 0, leftAlone: [] as string[] };

startPreciseMode({
  covers: () => true,
  tell(file) {
    if (file.kind === 'rewritten') counts.rewritten += 1;
    else counts.leftAlone.push(`${file.path}: ${file.reason}`);
  },
});

const report = process.env.REWRITTEN_REPORT;
if (report) process.on('exit', () => writeFileSync(report, JSON.stringify(counts)));
