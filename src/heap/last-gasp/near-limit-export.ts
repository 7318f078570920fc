// The profile of a heap that is full, written before V8 ends the process. V8 calls back when collections no longer free enough,
// in the middle of whatever allocates: a loop that never returns, or JSON.parse of something huge, which nothing else can interrupt.
import type { Sampler } from '../sampler/sampler.ts';
import { exportCommand } from './export-command.ts';

export type NearLimitExport =
  | { readonly kind: 'armed' }
  | { readonly kind: 'not-armed'; readonly reason: string };

export interface NearLimitExportOptions {
  readonly sampler: Pick<Sampler, 'exportNearLimit'>;
  /** Where the profile goes; its folder must be there. */
  readonly file: string;
  /** Every flag that V8 may have been given. */
  readonly nodeFlags: readonly string[];
}

/** V8 asks the callback that came last alone: ours would take the place of the one that this flag installs. */
const OTHER_USER = /^--heapsnapshot[-_]near[-_]heap[-_]limit(=|$)/;

export function armNearLimitExport({ sampler, file, nodeFlags }: NearLimitExportOptions): NearLimitExport {
  if (!sampler.exportNearLimit) return notArmed('the sampler was not started natively by this monitor');
  if (nodeFlags.some((flag) => OTHER_USER.test(flag)))
    return notArmed('--heapsnapshot-near-heap-limit has the place');
  const command = exportCommand(file);
  if (!command) return notArmed('there is no /bin/sh');
  sampler.exportNearLimit(command);
  return { kind: 'armed' };
}

const notArmed = (reason: string): NearLimitExport => ({ kind: 'not-armed', reason });
