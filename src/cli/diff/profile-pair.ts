// Two profiles at once: of large ones the second is read in a thread of its own, for reading is nearly all that a comparison costs.
import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { CodedError, type Profile } from '../../model/index.ts';
import { type Bytes, MIB } from '../../units/index.ts';
import { readProfileFile } from './profile-file.ts';

/** What a reading thread answers. */
export type ReadingAnswer =
  | { readonly kind: 'read'; readonly profile: Profile }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string; readonly remedy: string };

/** Of both files: what takes longer to read than a thread takes to start. */
const WORTH_A_THREAD: Bytes = 8 * MIB;

/** Throws a ProfileError, or PROFILE_UNREADABLE; of two bad files for the first. */
export async function readProfilePair(before: string, after: string): Promise<readonly [Profile, Profile]> {
  if (fileBytes(before) + fileBytes(after) < WORTH_A_THREAD)
    return [readProfileFile(before), readProfileFile(after)];
  const thread = startReading(after);
  try {
    const first = readProfileFile(before);
    return [first, profileOf(await thread.answer)];
  } finally {
    await thread.end();
  }
}

/** 0 where it does not say: a pipe, or no file at all. */
function fileBytes(path: string): Bytes {
  const info = statSync(path, { throwIfNoEntry: false });
  return info?.isFile() ? info.size : 0;
}

interface ReadingThread {
  readonly answer: Promise<ReadingAnswer>;
  end(): Promise<unknown>;
}

function startReading(path: string): ReadingThread {
  // From the sources in development, from the build in the package.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const worker = new Worker(new URL(`./reading-thread.${extension}`, import.meta.url), { workerData: path });
  const answer = new Promise<ReadingAnswer>((resolve, reject) => {
    worker.once('message', resolve).once('error', reject);
  });
  // Where the first file is refused, nobody waits for the second.
  answer.catch(() => {});
  return { answer, end: () => worker.terminate() };
}

function profileOf(answer: ReadingAnswer): Profile {
  if (answer.kind === 'read') return answer.profile;
  throw new CodedError(answer.code, answer.message, answer.remedy);
}
