// The source at an allocation site, a few lines of it, with the line that the profile names.
import './source-lines.css';
import type { SourceExcerpt } from '../../../src/api/wire.ts';
import { useAnswer } from '../state/answer.ts';

export interface SourcePlace {
  readonly snapshot: string;
  readonly file: string;
  readonly line: number;
}

/** Code that Node.js and V8 bring along is no file anybody here wrote. */
export function mayHaveSource({ file, line }: Pick<SourcePlace, 'file' | 'line'>): boolean {
  return line > 0 && file !== '' && !file.startsWith('node:');
}

export function SourceLines({ snapshot, file, line }: SourcePlace) {
  const query = new URLSearchParams({ file, line: String(line) });
  const { data, error } = useAnswer<SourceExcerpt>(
    `snapshots/${encodeURIComponent(snapshot)}/source?${query.toString()}`,
  );
  if (error?.code === 'SOURCE_NOT_FOUND')
    return (
      <p class="source quiet">
        No source to show: {file} is not on this machine, and its source map does not carry it. A build with
        “sourcesContent” would.
      </p>
    );
  if (!data) return <p class="source quiet">{error?.message ?? 'Reading the source…'}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll, by keys too
    <section class="source" tabIndex={0} aria-label={`Source around line ${line}`}>
      <pre>
        {data.lines.map((text, index) => {
          const number = data.first_line + index;
          return (
            <code key={number} class={number === line ? 'named' : ''}>
              <i>{number}</i>
              {`${text}\n`}
            </code>
          );
        })}
      </pre>
    </section>
  );
}
