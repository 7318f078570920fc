// A preload: precise mode, or with REWRITING=padding padding, for every file that is loaded, packages and Plimsoll's own included,
// which are spared otherwise.
import { writeFileSync } from 'node:fs';
import { createFunctionFinder } from '../../src/heap/padding/find-functions.ts';
import { padFunctions } from '../../src/heap/padding/pad.ts';
import { rewrite } from '../../src/heap/precise/rewrite.ts';
import { type Rewrite, rewriteModules } from '../../src/heap/rewriting/load-hook.ts';
import { loadParser } from '../../src/heap/rewriting/parser.ts';

const counts = { rewritten: 0, leftAlone: [] as string[] };
const parse = loadParser();
const find = createFunctionFinder();

const precise: Rewrite = (text, goal) => rewrite(text, goal, parse);
const padding: Rewrite = (text, goal) => padFunctions(text, goal, find, { isOwn: false });

rewriteModules({
  covers: () => true,
  rewrite: process.env.REWRITING === 'padding' ? padding : precise,
  tell(file) {
    if (file.kind === 'rewritten') counts.rewritten += 1;
    else counts.leftAlone.push(`${file.path}: ${file.reason}`);
  },
});

const report = process.env.REWRITTEN_REPORT;
if (report) process.on('exit', () => writeFileSync(report, JSON.stringify(counts)));
