// Paths as people read them: below the application's own folder, packages by their name.

const KEPT_FOLDERS = 2;

/** `/srv/app/src/orders.ts` → `app/src/orders.ts`; `…/node_modules/lru/dist/index.js` → `lru/dist/index.js`. */
export function shortPath(path: string): string {
  const inPackage = path.lastIndexOf('node_modules/');
  if (inPackage !== -1) return path.slice(inPackage + 'node_modules/'.length);
  if (path.startsWith('node:')) return path;
  return path
    .replace(/^file:\/\//, '')
    .split('/')
    .filter((part) => part !== '')
    .slice(-KEPT_FOLDERS - 1)
    .join('/');
}
