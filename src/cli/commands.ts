// Every command there is. Only the one that is asked for is loaded, so that `plimsoll check` does not pay for the agent's
// HTTP server.
import type { Command } from './command.ts';

export interface CommandEntry {
  /** One line, lower case, without a full stop. */
  readonly summary: string;
  load(): Promise<Command>;
}

export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  agent: {
    summary: 'watch this host and its processes, and serve what is found (the default command)',
    load: async () => (await import('./agent.ts')).command,
  },
  run: {
    summary: 'run a Node.js program with the monitor inside',
    load: async () => (await import('./run.ts')).command,
  },
  top: {
    summary: 'live table of the host and its processes',
    load: async () => (await import('./top.ts')).command,
  },
  check: {
    summary: 'one health check, with the exit status of a Nagios plugin',
    load: async () => (await import('./check.ts')).command,
  },
  judge: {
    summary: 'tell from series of memory figures whether there is a leak',
    load: async () => (await import('./judge.ts')).command,
  },
  profile: {
    summary: 'sample the allocations of a running Node.js process',
    load: async () => (await import('./profile.ts')).command,
  },
  diff: {
    summary: 'growth by allocation site between two profiles',
    load: async () => (await import('./diff.ts')).command,
  },
  config: {
    summary: 'every effective setting, its value and where it came from',
    load: async () => (await import('./config.ts')).command,
  },
  rules: {
    summary: 'print the Prometheus alerting rules for the metrics prefix in force',
    load: async () => (await import('./rules.ts')).command,
  },
  dashboard: {
    summary: 'print the Grafana dashboard for the metrics prefix in force',
    load: async () => (await import('./dashboard.ts')).command,
  },
  demo: {
    summary: 'a small service that leaks on purpose, with the monitor inside',
    load: async () => (await import('./demo.ts')).command,
  },
};
