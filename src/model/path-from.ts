// A path as a person in the program's folder would write it.
import type { CodePlace } from './verdict.ts';

/** `/srv/app/src/orders.ts` from `/srv/app` is `src/orders.ts`. What lies elsewhere keeps its whole path, and all does from ''. */
export function pathFrom(folder: string, file: string): string {
  const start = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  return file.startsWith(start) && file.length > start.length ? file.slice(start.length) : file;
}

/** `src/orders.ts:41 remember` */
export function placeFrom(
  folder: string,
  { file, line, functionName }: Pick<CodePlace, 'file' | 'line' | 'functionName'>,
): string {
  return `${pathFrom(folder, file)}:${line} ${functionName}`;
}
