// docs/errors.md: every code there is, with what it means and what to do. The codes of the HTTP API and of the listener come from
// their tables in the code, the others are here; a test compares the page with the codes that the sources use.
// `node scripts/errors-page.ts` writes it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ATTACH_PROBLEMS } from '../src/api/attach-problems.ts';
import { LISTENER_ERRORS } from '../src/api/errors.ts';
import { PROBLEMS } from '../src/api/problems.ts';

interface ErrorRow {
  readonly code: string;
  readonly title: string;
  readonly whatToDo: string;
}

const INTRODUCTION = `# Errors

<!-- Made by scripts/errors-page.ts: change that, or the tables it reads, not this page. -->

Every error has a code that does not change between versions: look for that, not for the wording. A command prints it in one
line on stderr, \`plimsoll: [CODE] what happened; what to do\`, and ends with status 1, or 64 when the command line itself makes no
sense. The HTTP API answers \`application/problem+json\` (RFC 9457) with the code in \`code\`. A code that begins with \`E\` and has no
underscore (\`ENOSPC\`, \`EACCES\`) is the operating system's own.
`;

const row = (code: string, title: string, whatToDo: string): ErrorRow => ({ code, title, whatToDo });

const COMMANDS: readonly ErrorRow[] = [
  row('USAGE', 'there is no such command or option, or an operand is missing', 'see `plimsoll --help`'),
  row(
    'BAD_SETTINGS',
    'one or more settings are not allowed; the message lists every one',
    'correct them; settings.md says what is allowed',
  ),
  row(
    'CONFIG_FILE_UNREADABLE',
    'the file of `--config` cannot be read',
    'give a file that exists and that this user may read',
  ),
  row(
    'CONFIG_FILE_INVALID',
    'the file of `--config` is not JSON',
    'correct it at the place that the message names',
  ),
  row('NODE_TOO_OLD', 'this Node.js is older than 22.18', 'install a newer Node.js'),
  row(
    'PROGRAM_NOT_STARTED',
    '`plimsoll run` cannot start the program',
    'give the program after `--`, by a path or a name in PATH',
  ),
  row(
    'REPORT_NOT_WRITABLE',
    'the report of `plimsoll run` cannot be written',
    'name a file in a folder that exists and may be written to',
  ),
  row(
    'HOST_MEMORY_UNREADABLE',
    '`plimsoll check` cannot read the memory of the host',
    'check MONITORING_PROC_ROOT',
  ),
  row(
    'SERIES_UNREADABLE',
    'a file for `plimsoll judge` cannot be read',
    'give a file that exists and that this user may read',
  ),
  row(
    'SERIES_MALFORMED',
    'a file for `plimsoll judge` is no series; the message has the line',
    'give a CSV file with a header, rising times in `t` and numbers in its cells',
  ),
  row('INTERNAL', 'a fault of Plimsoll itself', 'report it with the message'),
];

const STORE: readonly ErrorRow[] = [
  row(
    'STORE_TOO_NEW',
    'the store was written by a newer release; it is left as it is',
    'run that release, or use another data directory',
  ),
  row('STORE_IN_USE', 'another monitor uses the store', 'stop that one, or use another data directory'),
  row(
    'STORE_UNWRITABLE',
    'the store cannot be made or opened',
    'use a data directory that this user may read and write',
  ),
  row(
    'STORE_CORRUPT',
    'the store was damaged; it was set aside beside the new one, and the monitor went on',
    'check the disk; the log names the file that was set aside',
  ),
];

const SERVICE: readonly ErrorRow[] = [
  row(
    'MONITOR_FAILED',
    'the monitor inside a service could not start or answer; the service runs on without it',
    'report it with the log',
  ),
  row('MONITOR_DIED', "the monitor's thread died; the service runs on without it", 'report it with the log'),
  row('MONITOR_STOPPED', 'a monitor was asked after `stop()`', 'start another with `startMonitor()`'),
];

const READINGS: readonly ErrorRow[] = [
  row(
    'KERNEL_FILE_MALFORMED',
    'a file of the kernel does not say what the kernel writes there; its figures are left out',
    'check MONITORING_PROC_ROOT and MONITORING_CGROUP_ROOT; report it with the file',
  ),
];

const PROFILES: readonly ErrorRow[] = [
  row(
    'PROFILE_UNREADABLE',
    'the file of a profile cannot be read',
    'give a file that exists and that this user may read',
  ),
  row(
    'PROFILE_UNRECOGNISED',
    'the file is no profile of a known format',
    'give pprof, .heapprofile, folded stacks or JSON',
  ),
  row('PROFILE_INVALID', 'the file is of a known format, but broken', 'capture or export it again'),
  row(
    'PROFILE_VERSION',
    'the profile was written by a later version',
    'read it with that version or a later one',
  ),
  row(
    'PROFILE_TOO_LARGE',
    'the profile is larger than what is read',
    'take it with a longer sampling interval or a lower stack depth',
  ),
  row(
    'PROFILE_NOT_MEMORY',
    'the profile measures something other than memory',
    'give one whose samples are in bytes',
  ),
  row(
    'HEAP_DUMP_NOT_SUPPORTED',
    'the file is a heap dump, not an allocation profile',
    'give an allocation profile',
  ),
  row(
    'STATISTICS_KEY',
    'statistics were asked for by a key there is not',
    'use lineno, filename or traceback',
  ),
  row(
    'TRACEBACK_LIMIT',
    '`tracemalloc.start(nframe)` was given a number of frames that cannot be kept',
    'give a whole number from 1 to 128',
  ),
];

/** Of a command, or of the HTTP API with this status. */
const ATTACHING: readonly ErrorRow[] = PROBLEMS.filter(({ code }) =>
  Object.hasOwn(ATTACH_PROBLEMS, code),
).map(withStatus);

const HTTP_API: readonly ErrorRow[] = PROBLEMS.filter(
  ({ code }) => !Object.hasOwn(ATTACH_PROBLEMS, code),
).map(withStatus);

function withStatus({ code, title, whatToDo, status }: (typeof PROBLEMS)[number]): ErrorRow {
  return { code, title: `${title} (${status})`, whatToDo };
}

const SECTIONS: readonly (readonly [string, readonly ErrorRow[]])[] = [
  ['Commands and settings', COMMANDS],
  ['The listener', LISTENER_ERRORS],
  ['The HTTP API', HTTP_API],
  ['Profiling a process from outside', ATTACHING],
  ['The store', STORE],
  ['Inside a service', SERVICE],
  ['Readings of the kernel', READINGS],
  ['Profiles', PROFILES],
];

/** Every code on the page; each has one row, in the section where it is met first. */
export const DOCUMENTED_CODES: readonly string[] = SECTIONS.flatMap(([, rows]) =>
  rows.map(({ code }) => code),
);

/** The whole page, in Markdown. */
export function errorsPage(): string {
  return [INTRODUCTION, ...SECTIONS.map(([title, rows]) => sectionText(title, rows))].join('\n');
}

function sectionText(title: string, rows: readonly ErrorRow[]): string {
  const lines = rows.map(
    ({ code, title: meaning, whatToDo }) => `| \`${code}\` | ${meaning} | ${whatToDo} |`,
  );
  return [`## ${title}\n`, '| code | what it means | what to do |', '|---|---|---|', ...lines, ''].join('\n');
}

if (import.meta.main) writeFileSync(join(import.meta.dirname, '..', 'docs', 'errors.md'), errorsPage());
