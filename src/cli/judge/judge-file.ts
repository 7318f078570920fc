// Judges one file as a live monitor would have: sample by sample, with a look whenever one is due, so that what it would have said,
// and when, comes out too.
import { createJudge, type SeriesSample } from '../../leak/index.ts';
import type { Verdict, VerdictKind } from '../../model/index.ts';
import type { Seconds } from '../../units/index.ts';
import { readSeriesFile } from './series-file.ts';

/** From this time on it said this. */
export interface Change {
  readonly atSeconds: Seconds;
  readonly kind: VerdictKind;
}

export interface JudgedFile {
  readonly file: string;
  readonly verdict: Verdict;
  /** When it would have begun to say "leaking" and kept to it. */
  readonly firstLeakAtSeconds: Seconds | undefined;
  readonly samples: number;
  readonly firstSeconds: Seconds;
  readonly lastSeconds: Seconds;
  readonly changes: readonly Change[];
}

/** `onSample` sees every sample, for who wants to draw them. */
export async function judgeFile(
  file: string,
  onSample: (sample: SeriesSample) => void = () => {},
): Promise<JudgedFile> {
  const judge = createJudge({ subject: file });
  const changes: Change[] = [];
  let newest = judge.latest();
  let samples = 0;
  let firstSeconds = 0;
  let lastSeconds = 0;
  for await (const sample of readSeriesFile(file)) {
    judge.add(sample);
    onSample(sample);
    if (samples === 0) firstSeconds = sample.atSeconds;
    samples += 1;
    lastSeconds = sample.atSeconds;
    if (judge.latest() === newest) continue;
    newest = judge.latest();
    if (newest.kind !== changes.at(-1)?.kind) changes.push({ atSeconds: lastSeconds, kind: newest.kind });
  }
  const verdict = judge.verdict();
  const firstLeakAtSeconds = judge.sayingSinceSeconds;
  return { file, verdict, firstLeakAtSeconds, samples, firstSeconds, lastSeconds, changes };
}
