// A path as a person in the program's folder would write it.

/** `/srv/app/src/orders.ts` from `/srv/app` is `src/orders.ts`. What lies elsewhere keeps its whole path, and all does from ''. */
export function pathFrom(folder: string, file: string): string {
  const start = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
  return file.startsWith(start) && file.length > start.length ? file.slice(start.length) : file;
}
