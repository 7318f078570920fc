// What others made for the same purpose, measured in the same run. From npm, into a temporary folder: nobody else needs them.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Those of the packages that could be installed. */
export function installPeers<Name extends string>(folder: string, names: readonly Name[]): readonly Name[] {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  return names.filter((name) => {
    try {
      execFileSync('npm', ['install', '--no-audit', '--no-fund', name], {
        cwd: folder,
        stdio: ['ignore', 2, 2],
      });
      return true;
    } catch {
      console.error(`${name} could not be installed`);
      return false;
    }
  });
}
