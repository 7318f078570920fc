// `ps` with the same fields, as a program that wants its answer has to use it: started and read anew for every scan.
import { execFileSync } from 'node:child_process';
import { scanOnDemand } from './scan-on-demand.ts';

const FIELDS = 'pid,ppid,stat,lstart,time,rss,vsz,nlwp,comm,args';

function ps(): number {
  const output = execFileSync('ps', ['-eo', FIELDS, '--no-headers'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  return output.split('\n').length - 1;
}

await scanOnDemand(ps, 'elsewhere');
