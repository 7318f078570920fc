// Runs the tests of test262 whose paths come in on stdin, each as it is and rewritten, and prints a line of JSON for each run.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import vm from 'node:vm';
import { rewrite } from '../../src/heap/precise/rewrite.ts';
import { loadParser } from '../../src/heap/rewriting/parser.ts';

const directory = process.argv[2];
const parse = loadParser();
const TIMEOUT_MS = 5000;

const harness = new Map();
function harnessScript(name) {
  if (!harness.has(name))
    harness.set(
      name,
      new vm.Script(readFileSync(join(directory, 'harness', name), 'utf8'), { filename: name }),
    );
  return harness.get(name);
}

function metadataOf(source) {
  const yaml = /\/\*---([\s\S]*?)---\*\//.exec(source)?.[1] ?? '';
  const list = (name) => {
    const inline = new RegExp(`^\\s*${name}:\\s*\\[([^\\]]*)\\]`, 'm').exec(yaml)?.[1];
    if (inline !== undefined)
      return inline
        .split(',')
        .map((item) => item.trim())
        .filter(Boolean);
    const block = new RegExp(`^\\s*${name}:\\s*\\n((?:\\s+-.*\\n?)+)`, 'm').exec(yaml)?.[1];
    return block ? [...block.matchAll(/-\s*(\S+)/g)].map((match) => match[1]) : [];
  };
  const negative = /negative:\s*\n\s+phase:\s*(\S+)\s*\n\s+type:\s*(\S+)/.exec(yaml);
  return {
    flags: list('flags'),
    includes: list('includes'),
    negative: negative && { phase: negative[1], type: negative[2] },
  };
}

function createRealm(printed) {
  const context = vm.createContext({ print: (text) => printed.push(String(text)) });
  const global = vm.runInContext('globalThis', context);
  const host = {
    global,
    gc: () => globalThis.gc(),
    createRealm: () => createRealm(printed).host,
    evalScript: (code) => vm.runInContext(code, context, { timeout: TIMEOUT_MS }),
    detachArrayBuffer: (buffer) => structuredClone(buffer, { transfer: [buffer] }),
    agent: {},
  };
  global.$262 = host;
  return { context, host };
}

const rewritten = (source, goal) => {
  try {
    const result = rewrite(source, goal, parse);
    return { text: result.text, sites: result.places.sites.length / 3, unparsed: false };
  } catch {
    return { text: source, sites: 0, unparsed: true };
  }
};

async function runOnce(file, source, meta, mode, transform) {
  const printed = [];
  const { context } = createRealm(printed);
  const isAsync = meta.flags.includes('async');
  const goal = mode === 'module' ? 'module' : 'script';
  if (!meta.flags.includes('raw')) {
    const names = ['assert.js', 'sta.js', ...(isAsync ? ['doneprintHandle.js'] : []), ...meta.includes];
    for (const name of new Set(names)) harnessScript(name).runInContext(context);
  }
  const modules = new Map();
  const convert = (text, as) => (transform ? rewritten(text, as).text : text);
  const load = (path, type) => {
    const key = `${type}:${path}`;
    if (modules.has(key)) return modules.get(key);
    const text = path === file && mode === 'module' ? source : readFileSync(join(directory, path), 'utf8');
    const module =
      type === 'json'
        ? new vm.SyntheticModule(
            ['default'],
            function () {
              this.setExport('default', vm.runInContext(`(${text})`, context));
            },
            { context, identifier: path },
          )
        : new vm.SourceTextModule(convert(text, 'module'), {
            context,
            identifier: path,
            initializeImportMeta: (meta) => {
              meta.url = `file:///${path}`;
            },
            importModuleDynamically: (specifier, _, attributes) => dynamic(path, specifier, attributes),
          });
    modules.set(key, module);
    return module;
  };
  const resolve = (from, specifier) => join(dirname(from), specifier);
  const link = (module) =>
    module.link((specifier, from, { attributes }) =>
      load(resolve(from.identifier, specifier), attributes?.type),
    );
  const dynamic = async (from, specifier, attributes) => {
    const module = load(resolve(from, specifier), attributes?.type);
    if (module.status === 'unlinked') await link(module);
    await module.evaluate();
    return module;
  };
  let phase = 'parse';
  let error;
  try {
    if (goal === 'module') {
      const module = load(file);
      phase = 'resolution';
      await link(module);
      phase = 'runtime';
      await Promise.race([
        module.evaluate({ timeout: TIMEOUT_MS }),
        new Promise((_, reject) => setTimeout(() => reject(new Error('timed out')), TIMEOUT_MS).unref()),
      ]);
    } else {
      const script = new vm.Script(convert(source, 'script'), {
        filename: file,
        importModuleDynamically: (specifier, _, attributes) => dynamic(file, specifier, attributes),
      });
      phase = 'runtime';
      script.runInContext(context, { timeout: TIMEOUT_MS });
    }
  } catch (thrown) {
    error = {
      phase,
      name: thrown?.constructor?.name ?? String(thrown),
      message: String(thrown?.message ?? thrown),
    };
  }
  if (isAsync && !error) {
    for (let turn = 0; turn < 300 && printed.length === 0; turn += 1)
      await new Promise((done) => (turn < 50 ? setImmediate(done) : setTimeout(done, 2)));
    if (printed[0] !== 'Test262:AsyncTestComplete')
      error = { phase: 'runtime', name: 'Async', message: String(printed[0]) };
  }
  if (meta.negative) {
    const early = meta.negative.phase === 'parse' || meta.negative.phase === 'early';
    const met =
      error?.name === meta.negative.type &&
      (!early || error.phase === 'parse' || error.phase === 'resolution');
    return met
      ? { passed: true }
      : { passed: false, error: `expected ${meta.negative.type}, got ${JSON.stringify(error)}` };
  }
  return error ? { passed: false, error: `${error.name}: ${error.message}` } : { passed: true };
}

function modesOf({ flags }) {
  if (flags.includes('module')) return ['module'];
  if (flags.includes('raw') || flags.includes('noStrict')) return ['sloppy'];
  return flags.includes('onlyStrict') ? ['strict'] : ['sloppy', 'strict'];
}

process.on('uncaughtException', () => {});
process.on('unhandledRejection', () => {});

const tell = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

for await (const file of createInterface({ input: process.stdin })) {
  const text = readFileSync(join(directory, file), 'utf8');
  const meta = metadataOf(text);
  for (const mode of modesOf(meta)) {
    const source = mode === 'strict' ? `"use strict";\n${text}` : text;
    const plain = await runOnce(file, source, meta, mode, false);
    const { sites, unparsed } = rewritten(source, mode === 'module' ? 'module' : 'script');
    const after = plain.passed ? await runOnce(file, source, meta, mode, true) : plain;
    tell({ file, mode, plain: plain.passed, rewritten: after.passed, sites, unparsed, error: after.error });
  }
  tell({ finished: true });
}
