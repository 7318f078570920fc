// Runs every test with the pinned Node.js and closes with one line: `N passed, N failed, N skipped`.
// With arguments, only the files whose path contains one of them.
import { globSync } from 'node:fs';
import { dirname } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';
import { fileURLToPath } from 'node:url';
import { installOtherNodes } from './other-nodes.ts';
import { installSystemPrograms } from './system-programs.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
process.chdir(root);

const wanted = process.argv.slice(2);
const files = globSync(['src', 'web', 'test', 'bench', 'deploy'].map((folder) => `${folder}/**/*.test.ts`))
  .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
  .sort();

installSystemPrograms();
installOtherNodes();

const counts = { passed: 0, failed: 0, skipped: 0 };
const skips = [];
const failedFiles = new Set();
const stream = run({
  files,
  concurrency: 2,
  timeout: 600_000,
  execArgv: ['--disable-warning=ExperimentalWarning'],
});
const isLeaf = (data) => data.details?.type !== 'suite';
stream.on('test:pass', (data) => {
  if (!isLeaf(data)) return;
  if (data.skip !== undefined || data.todo !== undefined) {
    counts.skipped += 1;
    skips.push(`${data.name}: ${typeof data.skip === 'string' ? data.skip : 'no reason given'}`);
  } else counts.passed += 1;
});
stream.on('test:fail', (data) => {
  if (!isLeaf(data)) return;
  counts.failed += 1;
  failedFiles.add(data.file ?? data.name);
});
stream.on('end', () => {
  setImmediate(() => {
    if (skips.length > 0)
      console.log(`\nSKIPPED, so not proved here:\n${skips.map((skip) => `  ${skip}`).join('\n')}`);
    if (failedFiles.size > 0)
      console.log(`\nfailures in:\n${[...failedFiles].map((file) => `  ${file}`).join('\n')}`);
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
    process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0;
  });
});
stream.compose(new spec()).pipe(process.stdout);
process.on('exit', () => {
  // A test file that dies before it reports must not look like success.
  if (counts.failed > 0) process.exitCode = 1;
});
