// The flags that a Node.js process was started with, as far as they decide about its inspector: its own arguments before the
// script, and NODE_OPTIONS.

export interface LaunchFlags {
  /** The flag because of which SIGUSR1 does not open the inspector. */
  readonly refusal?: string;
  /** The inspector was asked for at the start. */
  readonly inspect: boolean;
  /** Where it opens; 0 is any free port. */
  readonly inspectPort: number;
}

const DEFAULT_PORT = 9229;
const REFUSAL = /^--(?:disable-sigusr1|permission|experimental-permission)$/;
const INSPECT = /^--inspect(?:-brk|-wait)?(?:=|$)/;
const PORT = /^--(?:inspect(?:-brk|-wait|-port)?|debug-port)=(?:.*:)?(\d+)$/;

/** Flags of V8 and Node.js may be spelled with underscores. */
const spelled = (flag: string): string => flag.replace(/^[^=]+/, (name) => name.replaceAll('_', '-'));

/** Of the contents of /proc/[pid]/cmdline and /proc/[pid]/environ. */
export function parseLaunchFlags(commandLine: string, environment: string): LaunchFlags {
  const flags = [...nodeOptions(environment), ...ownFlags(commandLine)].map(spelled);
  const refusal = flags.find((flag) => REFUSAL.test(flag));
  const port = flags.map((flag) => PORT.exec(flag)?.[1]).findLast((found) => found !== undefined);
  return {
    ...(refusal !== undefined && { refusal }),
    inspect: flags.some((flag) => INSPECT.test(flag)),
    inspectPort: port === undefined ? DEFAULT_PORT : Number(port),
  };
}

/** What follows the script belongs to the script. A flag's value that stands apart ends the list too early, which costs nothing. */
function ownFlags(commandLine: string): string[] {
  const [, ...args] = commandLine.split('\0');
  const end = args.findIndex((argument) => !argument.startsWith('-'));
  return end === -1 ? args : args.slice(0, end);
}

function nodeOptions(environment: string): string[] {
  const variable = environment.split('\0').find((entry) => entry.startsWith('NODE_OPTIONS='));
  return variable?.slice('NODE_OPTIONS='.length).split(/\s+/) ?? [];
}
