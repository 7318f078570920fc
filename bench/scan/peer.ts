// The packages that Node.js programs read processes with, as they are used: `peer.ts FOLDER pidusage|systeminformation`. FOLDER
// has them installed.
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { scanOnDemand } from './scan-on-demand.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const require = createRequire(join(folder, 'package.json'));

async function pidusage(): Promise<number> {
  const read: (pids: number[]) => Promise<Record<string, unknown>> = require('pidusage');
  const pids = readdirSync('/proc').flatMap((entry) => (/^\d+$/.test(entry) ? [Number(entry)] : []));
  return Object.keys(await read(pids)).length;
}

async function systeminformation(): Promise<number> {
  const { processes }: { processes: () => Promise<{ list: unknown[] }> } = require('systeminformation');
  return (await processes()).list.length;
}

await scanOnDemand(name === 'pidusage' ? pidusage : systeminformation);
