// One TypeScript program in the three forms in which services run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

const root = join(import.meta.dirname, '..', '..');

/** What each makes of a source: the path of a program to run. */
export const BUILDS: Readonly<Record<string, (source: string) => string>> = {
  'stripped of its types': (source) => source,
  'compiled by tsc, with external source maps': (source) => {
    const out = outputFolder();
    const folders = ['--rootDir', dirname(source), '--outDir', out];
    const output = ['--sourceMap', '--target', 'es2023', '--module', 'nodenext'];
    const others = ['--ignoreConfig', '--types', 'node', '--skipLibCheck'];
    run(join(root, 'node_modules/typescript/bin/tsc'), [source, ...folders, ...output, ...others]);
    return join(out, basename(source).replace(/ts$/, 'js'));
  },
  'bundled and minified by esbuild, with an inline source map': (source) => {
    const outfile = join(outputFolder(), 'bundle.js');
    const options = { bundle: true, minify: true, sourcemap: 'inline', platform: 'node' } as const;
    buildSync({ ...options, entryPoints: [source], outfile, format: 'esm', logLevel: 'error' });
    return outfile;
  },
};

function outputFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-build-'));
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
  return folder;
}

function run(script: string, args: readonly string[]): void {
  const { status, stdout } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}
