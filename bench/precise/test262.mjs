// Holds the rewriting of precise mode against test262, the conformance suite of JavaScript: whatever passes as it is must pass
// rewritten.
//
//   node bench/precise/test262.mjs DIR [part of path …]
//
// DIR is a checkout of https://github.com/tc39/test262. Every test runs in a realm of its own, in sloppy and in strict mode as
// its flags say, or as a module; as it is, and, where that passes, rewritten. Prints the counts and every test that passes only
// as it is; exit status 1 when there is one that is not explained below. A whole run takes some twenty minutes, and writes
// bench/results/test262.md.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { globSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const RUNNER = fileURLToPath(new URL('./test262-runner.mjs', import.meta.url));

/** Tests that look at what rewriting changes, and says it changes. */
const EXPLAINED = [
  {
    pattern: /^test\/built-ins\/Function\/prototype\/toString\//,
    reason: 'Function.prototype.toString shows the rewritten text',
  },
];

const [directory, ...parts] = process.argv.slice(2);
if (!directory) {
  console.error('usage: node bench/precise/test262.mjs DIR [part of path …]');
  process.exit(64);
}

const files = globSync('test/{language,built-ins/Function}/**/*.js', { cwd: directory })
  .filter(
    (file) => !file.includes('_FIXTURE') && (parts.length === 0 || parts.some((part) => file.includes(part))),
  )
  .sort();

const counts = { runs: 0, plain: 0, sites: 0, unparsed: 0, rewritten: 0, explained: 0 };
const lost = [];
const leftOut = [];

function count({ file, mode, plain, rewritten, sites, unparsed, error }) {
  counts.runs += 1;
  if (!plain) return;
  counts.plain += 1;
  if (sites > 0) counts.sites += 1;
  if (unparsed) counts.unparsed += 1;
  if (rewritten) counts.rewritten += 1;
  else if (EXPLAINED.some(({ pattern }) => pattern.test(file))) counts.explained += 1;
  else lost.push(`${file} (${mode}): ${error}`);
}

function revision() {
  const { stdout } = spawnSync('git', ['-C', directory, 'rev-parse', '--short=12', 'HEAD'], {
    encoding: 'utf8',
  });
  return stdout?.trim() || process.env.TEST262_REVISION || 'a revision that is not known';
}

/** A test that takes its process down costs itself; the rest goes on in another. */
async function runFrom(first) {
  const flags = ['--experimental-vm-modules', '--expose-gc', '--no-warnings', '--stack-size=900'];
  const child = spawn(process.execPath, [...flags, RUNNER, directory], { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  child.stdin.end(files.slice(first).join('\n'));
  let done = first;
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const message = JSON.parse(line);
    if (message.finished) done += 1;
    else count(message);
    if (message.finished && done % 2000 === 0) console.error(`${done} of ${files.length} files`);
  }
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return done;
}

for (let done = 0; done < files.length; ) {
  done = await runFrom(done);
  if (done < files.length) {
    console.error(`left out, it ends its process: ${files[done]}`);
    leftOut.push(files[done]);
    done += 1;
  }
}

const summary = `${files.length} files, ${counts.runs} runs: ${counts.plain} pass as they are. Of these ${counts.sites} have allocation
sites, and ${counts.unparsed} cannot be parsed, most because they must not be, and stay. ${counts.rewritten} pass rewritten, ${counts.explained} fail for
a known reason, ${lost.length} are lost.`;

const page = `# Precise mode and test262

\`node bench/precise/test262.mjs DIR\`, on Node.js ${process.versions.node}, with test262 at ${revision()}: \`test/language\` and
\`test/built-ins/Function\`. Every test runs in a realm of its own, in sloppy and in strict mode or as a module, as its flags say.

${summary}

Known reasons: ${EXPLAINED.map(({ reason }) => reason).join('; ')}.
${leftOut.map((file) => `Left out, because it ends its process as it is: \`${file}\`.`).join('\n')}
`;

for (const test of lost) console.log(`LOST ${test}`);
console.log(summary);
if (parts.length === 0) writeFileSync(new URL('../results/test262.md', import.meta.url), page);
process.exitCode = lost.length > 0 ? 1 : 0;
