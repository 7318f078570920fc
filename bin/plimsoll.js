#!/usr/bin/env node
// The command. Written for any Node.js there is, so that one too old gets a sentence instead of a syntax error.
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `plimsoll: [NODE_TOO_OLD] needs Node.js 22.18 or later, this is ${process.versions.node}; install a newer Node.js`,
  );
  process.exitCode = 1;
} else {
  import('../dist/cli/main.js').then((cli) => cli.main(process.argv.slice(2)));
}
