// Whose code a frame is, told from its file's name: the application's, a package's, Node.js' own, or none of JavaScript at all.
import type { FrameOrigin, ProfileThread } from '../model/index.ts';
import { sourcePath } from './source-path.ts';

/** The frame under which @datadog/pprof puts `process.memoryUsage().external`. */
export const EXTERNAL_FRAME = '(external)';

/**
 * The origin of the code in `path`, a path or URL as a profiler prints it. Of a package, its name is the one after the last
 * `node_modules`, which holds for nested, hoisted, scoped and pnpm's layouts alike; its version stands in its package.json.
 */
export function frameKind(path: string, functionName = ''): FrameOrigin {
  if (path === '' || path === 'native')
    return { kind: functionName === EXTERNAL_FRAME ? 'external' : 'native' };
  if (path.startsWith('node:')) return { kind: 'node' };
  const packageName = packageOf(sourcePath(path));
  return packageName === undefined ? { kind: 'application' } : { kind: 'dependency', packageName };
}

// A name that starts with a dot is a tool's own folder in node_modules (.pnpm, .cache, .vite), not a package.
const PACKAGE = /(?:^|[/\\])node_modules[/\\](@[^/\\]+[/\\][^/\\]+|[^@./\\][^/\\]*)[/\\]/g;

function packageOf(path: string): string | undefined {
  // Each match ends with the separator that the next one could start with, so the search starts again one before it.
  let found: string | undefined;
  PACKAGE.lastIndex = 0;
  for (let match = PACKAGE.exec(path); match; match = PACKAGE.exec(path)) {
    found = match[1];
    PACKAGE.lastIndex -= 1;
  }
  return found?.replace('\\', '/');
}

/** The outermost frame of what a worker thread allocated: `(worker resize #3)`. */
export function threadFrame({ id, name }: ProfileThread): string {
  return `(worker ${name} #${id})`;
}

const THREAD_FRAME = /^\(worker (.*) #(\d+)\)$/s;

/** Undefined for any other frame. */
export function threadOfFrame(functionName: string): ProfileThread | undefined {
  const [, name, id] = THREAD_FRAME.exec(functionName) ?? [];
  return name === undefined ? undefined : { id: Number(id), name };
}

const EXPLANATIONS: Readonly<Record<string, string>> = {
  [EXTERNAL_FRAME]:
    "the sum of what lies off V8's heap (Buffers, ArrayBuffers, native modules); the sampler cannot say whose",
  '(root)': 'allocated while no function was running',
  '(V8 API)': "allocated by C++ through V8's interface, outside any JavaScript function",
  '(EXTERNAL)': 'allocated on the heap by C++ that JavaScript had called',
  '(GC)': 'allocated by the garbage collector',
  '(PARSER)': 'allocated by V8 while it parsed source code',
  '(COMPILER)': 'allocated by V8 while it optimised code',
  '(BYTECODE_COMPILER)': 'allocated by V8 while it compiled source code to bytecode',
  '(IDLE)': 'allocated while V8 was idle',
  '(JS)': 'allocated by generated code outside any named function',
};

const BUILTIN = 'a builtin of V8 or a native module';
const THREAD = 'a worker thread of the application: its stacks stand under this frame';

/** One sentence on a frame that is not a function of anybody's source; undefined for one that is. */
export function explainFrame(functionName: string, origin: FrameOrigin): string | undefined {
  switch (origin.kind) {
    case 'native':
    case 'external':
      return EXPLANATIONS[functionName] ?? (threadOfFrame(functionName) ? THREAD : BUILTIN);
    case 'application':
    case 'dependency':
    case 'node':
      return undefined;
  }
}
