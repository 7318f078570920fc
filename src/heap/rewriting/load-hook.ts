// Modules rewritten as Node.js loads them, whether they are imported or required, and the monitor told where things stand in
// them now. What cannot be rewritten is loaded as it is: nothing here may keep an application from starting.
import { type LoadFnOutput, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Bytes } from '../../units/index.ts';
import type { CoversFile } from './covered-files.ts';
import type { Rewritten } from './generated-text.ts';
import type { Goal } from './parser.ts';
import { bytesOf, type LoadedFile } from './site-table.ts';

/** @throws {Error} for a text that is to be left alone, saying why. */
export type Rewrite = (text: string, goal: Goal, path: string) => Rewritten;

export interface RewritingOptions {
  readonly covers: CoversFile;
  readonly rewrite: Rewrite;
  readonly tell: (file: LoadedFile) => void;
}

export interface ModuleRewriting {
  /** For modules that are loaded from now on. */
  stop(): void;
}

/** What is larger is data, or would hold the start up for seconds. */
const MAX_CHARACTERS = 16 * 1024 ** 2;

/** Of all files together: what the monitor's thread keeps of them. */
const MAX_PLACES_BYTES: Bytes = 32 * 1024 ** 2;

/** For what this thread loads. */
export function rewriteModules({ covers, rewrite, tell }: RewritingOptions): ModuleRewriting {
  const rewriteFile = createFileRewriter(rewrite, tell);
  // What rewriting itself has to load first (a parser) is none of the application's.
  let isBusy = false;
  const busily = (file: FileToRewrite): LoadFnOutput => {
    isBusy = true;
    try {
      return rewriteFile(file);
    } finally {
      isBusy = false;
    }
  };
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const path = isBusy ? undefined : pathOf(url);
      return path !== undefined && covers(path) ? busily({ url, path, loaded }) : loaded;
    },
  });
  return { stop: () => hooks.deregister() };
}

function pathOf(url: string): string | undefined {
  return url.startsWith('file:') ? fileURLToPath(url) : undefined;
}

interface FileToRewrite {
  readonly url: string;
  readonly path: string;
  readonly loaded: LoadFnOutput;
}

function createFileRewriter(
  rewrite: Rewrite,
  tell: (file: LoadedFile) => void,
): (file: FileToRewrite) => LoadFnOutput {
  let placesBytes: Bytes = 0;
  return ({ url, path, loaded }) => {
    const { format, source } = loaded;
    const goals = GOALS[format ?? 'undecided'];
    if (!goals || source === undefined || source === null) return loaded;
    try {
      const written = javaScriptOf(textOf(source), format);
      const { text, places } = firstOf(goals, (goal) => rewrite(written, goal, path));
      placesBytes += bytesOf(places);
      if (placesBytes > MAX_PLACES_BYTES) throw new RangeError('as many files were rewritten as can be');
      tell({ kind: 'rewritten', url, path, places });
      return { ...loaded, format: format?.replace('-typescript', ''), source: text };
    } catch (error) {
      tell({ kind: 'left-alone', path, reason: String((error as Error).message ?? error) });
      return loaded;
    }
  };
}

/** By Node.js' name of the format. A file that may be either is CommonJS when it can be. */
const GOALS: Readonly<Record<string, readonly Goal[]>> = {
  module: ['module'],
  'module-typescript': ['module'],
  commonjs: ['commonjs', 'module'],
  'commonjs-typescript': ['commonjs', 'module'],
  undecided: ['commonjs', 'module'],
};

function textOf(source: NonNullable<LoadFnOutput['source']>): string {
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  if (text.length > MAX_CHARACTERS) throw new RangeError('larger than 16 MiB');
  return text.replace(/^\uFEFF/, '');
}

function javaScriptOf(text: string, format: string | null | undefined): string {
  return format?.endsWith('-typescript') ? withoutWarning(() => stripTypeScriptTypes(text)) : text;
}

function firstOf(goals: readonly Goal[], rewrite: (goal: Goal) => Rewritten): Rewritten {
  const [goal = 'module', ...others] = goals;
  try {
    return rewrite(goal);
  } catch (error) {
    if (others.length === 0) throw error;
    return firstOf(others, rewrite);
  }
}

/** Node.js warns that this function is experimental; that it strips types by itself is not, and nobody asked for more. */
function withoutWarning<Result>(work: () => Result): Result {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}
