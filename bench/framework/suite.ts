// A web framework whose npm package has its own tests in it: fetched, with what its tests need, into a folder of its own.
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const SUITE = {
  name: 'fastify',
  version: '5.12.8',
  tests: ['test/**/*.test.js', 'test/**/*.test.mjs'],
} as const;

/** What only builds, lints, checks types or measures. */
const NOT_FOR_TESTS =
  /eslint|neostandard|autocannon|branch-comparer|tstyche|typescript|markdownlint|concurrently|cross-env|^@types|reporter|borp|schema-to-ts|tsconfig/;

export interface InstalledSuite extends Disposable {
  readonly path: string;
}

export function installSuite(): InstalledSuite {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-framework-'));
  const npm = (args: readonly string[], cwd: string): string =>
    execFileSync('npm', args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const archive = npm(['pack', '--silent', `${SUITE.name}@${SUITE.version}`], folder).trim();
  execFileSync('tar', ['xzf', archive], { cwd: folder });
  const path = join(folder, 'package');
  keepWhatTestsNeed(join(path, 'package.json'));
  npm(['install', '--ignore-scripts', '--no-audit', '--no-fund', '--silent'], path);
  return { path, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

function keepWhatTestsNeed(file: string): void {
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as { devDependencies: Record<string, string> };
  const needed = Object.entries(manifest.devDependencies).filter(([name]) => !NOT_FOR_TESTS.test(name));
  writeFileSync(
    file,
    JSON.stringify({ ...manifest, scripts: {}, devDependencies: Object.fromEntries(needed) }, null, 2),
  );
}

export interface TestOutcome {
  readonly place: string;
  readonly name: string;
  readonly ended: 'passed' | 'failed' | 'skipped';
}

const REPORTER = new URL('./reporter.mjs', import.meta.url).href;

/** Every test with how it ended, in any order. `environment` is added to the tests' own. */
export async function runSuite(
  { path }: InstalledSuite,
  node: string,
  environment: Readonly<Record<string, string>>,
): Promise<readonly TestOutcome[]> {
  const args = ['--test', '--test-concurrency=2', `--test-reporter=${REPORTER}`, ...SUITE.tests];
  const child = spawn(node, args, {
    cwd: path,
    // What the tests start by name is the same Node.js.
    env: { PATH: `${dirname(node)}:${process.env.PATH ?? ''}`, HOME: path, ...environment },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let text = '';
  for await (const chunk of child.stdout.setEncoding('utf8')) text += chunk;
  return text
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as TestOutcome)
    .map((outcome) => ({ ...outcome, place: outcome.place.replace(`${path}/`, '') }));
}
