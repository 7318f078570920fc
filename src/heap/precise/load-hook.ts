// Precise mode at work: every module of the application is rewritten as Node.js loads it, whether it is imported or required,
// and the monitor is told where its allocation sites stand. What cannot be rewritten is loaded as it is: nothing here may keep
// an application from starting.
import { type LoadFnOutput, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Bytes } from '../../units/index.ts';
import type { CoversFile } from './covered-files.ts';
import { rewrite } from './rewrite.ts';
import { bytesOf, type LoadedFile } from './site-table.ts';
import { type Goal, loadParser, type Parse } from './syntax.ts';

export interface PreciseModeOptions {
  readonly covers: CoversFile;
  readonly tell: (file: LoadedFile) => void;
}

export interface PreciseMode {
  /** For modules that are loaded from now on. */
  stop(): void;
}

/** What is larger is data, or would hold the start up for seconds. */
const MAX_CHARACTERS = 16 * 1024 ** 2;

/** Of all files together: what the monitor's thread keeps of them. */
const MAX_PLACES_BYTES: Bytes = 32 * 1024 ** 2;

/** For what this thread loads. */
export function startPreciseMode({ covers, tell }: PreciseModeOptions): PreciseMode {
  const rewriteFile = createFileRewriter(tell);
  const hooks = registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const path = pathOf(url);
      return path !== undefined && covers(path) ? rewriteFile({ url, path, loaded }) : loaded;
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

function createFileRewriter(tell: (file: LoadedFile) => void): (file: FileToRewrite) => LoadFnOutput {
  // Now, so that loading it is not itself to be rewritten.
  const parse = loadParser();
  let placesBytes: Bytes = 0;
  return ({ url, path, loaded }) => {
    const { format, source } = loaded;
    const goals = GOALS[format ?? 'undecided'];
    if (!goals || source === undefined || source === null) return loaded;
    try {
      const { text, places } = rewriteAs(goals, javaScriptOf(textOf(source), format), parse);
      placesBytes += bytesOf(places);
      if (placesBytes > MAX_PLACES_BYTES)
        throw new RangeError('precise mode has rewritten as much as it can');
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

function rewriteAs(goals: readonly Goal[], text: string, parse: Parse): ReturnType<typeof rewrite> {
  const [goal = 'module', ...others] = goals;
  try {
    return rewrite(text, goal, parse);
  } catch (error) {
    if (others.length === 0) throw error;
    return rewriteAs(others, text, parse);
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
