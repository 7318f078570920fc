// `plimsoll diff <before> <after>`: which allocation sites grew between two profiles, each of any format.
import { DIFF_KEYS, type DiffKey, diffSites } from '../profile/index.ts';
import { defineCommand, EXIT, jsonOption, UsageError } from './command.ts';
import { readProfilePair } from './diff/profile-pair.ts';
import { diffRecord, diffText } from './diff/report.ts';
import { painter, printJson } from './output.ts';

const DEFAULT_KEY: DiffKey = 'site';
const DEFAULT_TOP = 20;
const HELP = 'plimsoll diff --help';

export const command = defineCommand({
  usage: 'diff [options] <before> <after>',
  details:
    'Reads pprof, .heapprofile, folded stacks and JSON, compressed by gzip or not. Heap dumps are not supported yet.\n' +
    'Example: plimsoll diff monday.pprof tuesday.heapprofile --key package',
  options: {
    key: { type: 'string', value: 'KEY', help: `group by ${DIFF_KEYS.join(', ')} (${DEFAULT_KEY})` },
    top: { type: 'string', value: 'N', help: `how many to show, the most grown first (${DEFAULT_TOP})` },
    ...jsonOption,
  },
  operands: { min: 2, max: 2 },
  async run({ options, operands: [before = '', after = ''] }, io) {
    const key = parseKey(options.key);
    const top = parseTop(options.top);
    const diff = diffSites(...(await readProfilePair(before, after)), key, top);
    if (options.json) printJson(io.stdout, diffRecord(diff, { before, after }));
    else io.stdout.write(diffText(diff, { before, after }, painter(io.stdout.colour)));
    return EXIT.ok;
  },
});

function parseKey(text: string = DEFAULT_KEY): DiffKey {
  const key = DIFF_KEYS.find((each) => each === text);
  if (key === undefined) throw new UsageError(`--key=${text} (allowed: ${DIFF_KEYS.join(', ')})`, HELP);
  return key;
}

function parseTop(text = String(DEFAULT_TOP)): number {
  const top = Number(text);
  if (!Number.isInteger(top) || top < 1)
    throw new UsageError(`--top=${text} (allowed: whole numbers from 1)`, HELP);
  return top;
}
