// The cases on disk: a workload on published packages, what of it leaks, and where. See README.md.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the bytes that stay are allocated. */
export interface AllocationTruth {
  /** End of the path. */
  readonly file: string;
  /** Any function of the file when absent. */
  readonly function?: string;
}

export interface Case {
  readonly name: string;
  readonly kind: string;
  readonly leaks: boolean;
  /** There is a fixed version, or a correct use. */
  readonly hasCorrect: boolean;
  readonly allocations: readonly AllocationTruth[];
}

const CASES = join(import.meta.dirname, 'cases');

/** All of them, or those that are named; throws for a name that is none. */
export function caseNames(wanted: readonly string[]): readonly string[] {
  const all = readdirSync(CASES).sort();
  const unknown = wanted.filter((name) => !all.includes(name));
  if (unknown.length > 0) throw new Error(`no case is called ${unknown.join(', ')}`);
  return wanted.length > 0 ? wanted : all;
}

const describedIn = (name: string) => JSON.parse(readFileSync(join(CASES, name, 'case.json'), 'utf8'));

export function loadCase(name: string): Case {
  const { kind, truth_alloc: allocations } = describedIn(name);
  const correctUse = /\bfixed\b|FIXED/.test(readFileSync(join(CASES, name, 'drive.mjs'), 'utf8'));
  return {
    name,
    kind,
    allocations,
    leaks: !name.startsWith('ctl-'),
    hasCorrect: correctUse || existsSync(join(CASES, name, 'package-fixed.json')),
  };
}

export function saveMeasurement(name: string, measured: object): void {
  const described = { ...describedIn(name), bytes_per_iteration: measured };
  writeFileSync(join(CASES, name, 'case.json'), `${JSON.stringify(described, null, 2)}\n`);
}

export interface InstalledCase extends Disposable {
  readonly path: string;
}

/** The case in a folder of its own, its packages installed without running their scripts. */
export function installed({ name }: Case, correct: boolean): InstalledCase {
  const path = mkdtempSync(join(tmpdir(), `leaks-real-${name}-`));
  cpSync(join(CASES, name), path, { recursive: true });
  cpSync(join(import.meta.dirname, 'loop.mjs'), join(path, 'loop.mjs'));
  const fixedPackage = join(path, 'package-fixed.json');
  if (correct && existsSync(fixedPackage)) cpSync(fixedPackage, join(path, 'package.json'));
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: path, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`${name} cannot be installed: ${stderr}`);
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}
