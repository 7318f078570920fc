// Runs a script whose names are nobody's, and writes down all that it does to them: every look, call and assignment in its order.
// Two texts that mean the same leave the same record.
import vm from 'node:vm';

export interface Observation {
  /** What was done, in order. */
  readonly record: readonly string[];
  /** How it ended: `completed`, or the name of what was thrown. */
  readonly ending: string;
}

/** A loop without an end is as good a record after so long; on a busy machine a program with one may only be late the first time. */
const TIMEOUT_MS = 300;
const LAST_TIMEOUT_MS = 3000;
const MOST_ENTRIES = 200;

export function observe(text: string): Observation {
  const observation = observeFor(TIMEOUT_MS, text);
  return observation.ending.includes('TIMEOUT') ? observeFor(LAST_TIMEOUT_MS, text) : observation;
}

function observeFor(timeoutMs: number, text: string): Observation {
  const record: string[] = [];
  const note = (entry: string): void => {
    // A program that goes round for ever ends here, at the same place in both texts.
    if (record.length >= MOST_ENTRIES) throw new RangeError('recorded enough');
    record.push(entry);
  };
  const script = compile(text);
  if (!script) return { record, ending: 'SyntaxError' };
  const context = vm.createContext(nobodysNames(note));
  try {
    const value: unknown = script.runInContext(context, { timeout: timeoutMs });
    return { record, ending: `completed ${shown(value)}` };
  } catch (error) {
    return { record, ending: nameOf(error) };
  }
}

function compile(text: string): vm.Script | undefined {
  try {
    return new vm.Script(text);
  } catch {
    return undefined;
  }
}

/** Messages may name a parameter of the function that was made: the kind of error may not differ. */
function nameOf(error: unknown): string {
  const { name, code } = (error ?? {}) as { readonly name?: unknown; readonly code?: unknown };
  return `threw ${shown(code ?? name ?? error)}`;
}

/** Every name that a program could ask for, except the language's own. */
function nobodysNames(note: (entry: string) => void): object {
  return new Proxy(Object.create(null), {
    has: (_, key) => typeof key === 'string' && !(key in globalThis),
    get: (_, key) => (typeof key === 'string' && !(key in globalThis) ? anything(key, note) : undefined),
    set(_, key, value) {
      note(`${String(key)} = ${shown(value)}`);
      return true;
    },
  });
}

/** Can be called, constructed, looked at, iterated and computed with. */
function anything(name: string, note: (entry: string) => void): object {
  const list = (values: readonly unknown[]): string => values.map(shown).join();
  return new Proxy(() => {}, {
    get(target, key) {
      if (key === Symbol.toPrimitive) return () => 1;
      if (key === Symbol.iterator) return () => [1, 2][Symbol.iterator]();
      if (key === 'prototype') return target.prototype;
      if (typeof key === 'symbol' || key === 'then') return undefined;
      note(`${name}.${key}`);
      return anything(`${name}.${key}`, note);
    },
    set(_, key, value) {
      note(`${name}.${String(key)} = ${shown(value)}`);
      return true;
    },
    apply(_, self, values) {
      note(`${name}.call(${shown(self)},${list(values)})`);
      return anything(`${name}()`, note);
    },
    construct(_, values) {
      note(`new ${name}(${list(values)})`);
      return anything(`new ${name}`, note);
    },
    has(_, key) {
      note(`${String(key)} in ${name}`);
      return false;
    },
    deleteProperty(_, key) {
      note(`delete ${name}.${String(key)}`);
      return true;
    },
  });
}

/** As far as two texts must agree: a function by its name, an object by its shape. */
function shown(value: unknown): string {
  if (typeof value === 'function') return `function ${ownName(value)}`;
  if (typeof value === 'symbol' || typeof value === 'bigint') return `${typeof value} ${String(value)}`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'undefined';
  const kind = Object.prototype.toString.call(value);
  return `${kind} ${Object.getOwnPropertyNames(value).join()}`;
}

function ownName(value: object): string {
  const name: unknown = Object.getOwnPropertyDescriptor(value, 'name')?.value;
  return typeof name === 'string' ? name : '';
}
