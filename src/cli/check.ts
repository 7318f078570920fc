// `plimsoll check`: one health check of this host, in the form that Nagios and its kin read: a line of text with performance
// data, and an exit status. One reading, so a breach shows with its real severity: there is nothing to count.
import {
  type AlertCheck,
  EMPTY_STATE,
  observe,
  severityOf,
  statusOf,
  thresholdsOf,
  view,
} from '../alert/index.ts';
import { presentEntry } from '../api/present/alert.ts';
import { presentSwap, presentVirtual } from '../api/present/memory.ts';
import type { Settings } from '../config/index.ts';
import { createHostReader } from '../host/index.ts';
import {
  type AlertEntry,
  CodedError,
  type HostMemory,
  type HostSample,
  type HostSwap,
} from '../model/index.ts';
import { systemClock } from '../monitor/clock.ts';
import { formatBytes, formatTime, type Percent } from '../units/index.ts';
import { defineCommand, type Io, jsonOption } from './command.ts';
import { printable, printJson } from './output.ts';
import { commandSettings, configOption, type SettingsOptionValues } from './settings-options.ts';

/** Exit statuses of a plugin. Source: the Monitoring Plugins' development guidelines. */
const PLUGIN_STATUS = { healthy: 0, warning: 1, critical: 2, unknown: 3 } as const;
type CheckStatus = keyof typeof PLUGIN_STATUS;

export interface CheckResult {
  readonly status: CheckStatus;
  /** What stands after `PLIMSOLL OK - `. */
  readonly text: string;
  readonly host?: HostSample;
  readonly alerts: readonly AlertEntry[];
  readonly thresholdPercent?: Percent;
}

export const command = defineCommand({
  usage: 'check [options]',
  details:
    'Exit status 0 healthy, 1 warning, 2 critical (severity high), 3 unknown: the check could not be made.\n' +
    'It needs no agent, counts no failures in a row and notifies nobody. ALERTING_ENABLED is not asked.',
  options: { ...configOption, ...jsonOption },
  showsSettings: true,
  async run({ options }, io) {
    const result = checkOnce(options, io.env);
    if (options.json) printJson(io.stdout, resultRecord(result));
    else io.stdout.write(`${pluginLine(result)}\n`);
    return PLUGIN_STATUS[result.status];
  },
});

function checkOnce(options: SettingsOptionValues, env: Io['env']): CheckResult {
  try {
    const { settings } = commandSettings(options, env);
    return judge(readHost(settings), settings);
  } catch (error) {
    // A check that cannot be made is unknown, whatever the reason; the plugin's line is where it is looked for.
    const { message, code } = error as CodedError;
    return { status: 'unknown', text: `[${code ?? 'INTERNAL'}] ${message}`, alerts: [] };
  }
}

function readHost({ procRoot, cgroupRoot }: Settings): HostSample {
  const reader = createHostReader({ procRoot, cgroupRoot, clock: systemClock });
  try {
    return reader.sample();
  } finally {
    reader.close();
  }
}

/** What one reading of the host says under these settings. */
export function judge(host: HostSample, settings: Settings): CheckResult {
  if (!host.memory) throw unreadable(host, settings.procRoot);
  const check: AlertCheck = {
    atSeconds: host.atSeconds,
    observations: observe({ thresholds: thresholdsOf(settings), host }),
    policy: { consecutiveFailures: 1, dedupWindowSeconds: 0, recoverySeconds: 0 },
  };
  const alerts = view(EMPTY_STATE, check);
  const status = statusOf(alerts);
  return {
    status: status === 'warning' || status === 'critical' ? status : 'healthy',
    text:
      alerts.length > 0
        ? alerts.map(({ message }) => message).join('; ')
        : healthyText(host.memory, host.swap),
    host,
    alerts,
    thresholdPercent: settings.memoryThreshold,
  };
}

function unreadable(host: HostSample, procRoot: string): CodedError {
  const report = host.collectors.find(({ collector }) => collector === 'memory');
  const reason = report?.outcome === 'failed' ? report.reason : 'there is nothing to read';
  return new CodedError(
    'HOST_MEMORY_UNREADABLE',
    `the memory of this host could not be read below ${procRoot}: ${reason}`,
    'check MONITORING_PROC_ROOT',
  );
}

function healthyText({ percent, usedBytes, totalBytes }: HostMemory, swap: HostSwap | undefined): string {
  const swapText = swap ? `, swap ${swap.percent.toFixed(1)}%` : '';
  return `memory ${percent.toFixed(1)}% (${formatBytes(usedBytes)} of ${formatBytes(totalBytes)} used)${swapText}`;
}

const PLUGIN_WORDS: Readonly<Record<CheckStatus, string>> = {
  healthy: 'OK',
  warning: 'WARNING',
  critical: 'CRITICAL',
  unknown: 'UNKNOWN',
};

/** `PLIMSOLL OK - memory 41.3% …|memory=41.3%;85;95`: what follows the bar is performance data, so the text has none. */
export function pluginLine(result: CheckResult): string {
  const text = printable(result.text).replaceAll('|', '/');
  return `PLIMSOLL ${PLUGIN_WORDS[result.status]} - ${text}${performanceData(result)}`;
}

function performanceData({ host, thresholdPercent }: CheckResult): string {
  if (!host?.memory || thresholdPercent === undefined) return '';
  const { percent } = host.memory;
  const swap = host.swap ? ` swap=${host.swap.percent}%` : '';
  return `|memory=${percent}%;${thresholdPercent};${criticalPercent(thresholdPercent)}${swap}`;
}

/** Above this the severity is high, in whole tenths of a per cent, as readings are. */
export function criticalPercent(thresholdPercent: Percent): Percent {
  for (let tenths = Math.ceil(thresholdPercent * 10); tenths < 1000; tenths += 1)
    if (severityOf((tenths + 1) / 10, thresholdPercent) === 'high') return tenths / 10;
  return 100;
}

function resultRecord({ status, text, host, alerts, thresholdPercent }: CheckResult) {
  return {
    status,
    exit_status: PLUGIN_STATUS[status],
    message: text,
    alerts: alerts.map(presentEntry),
    ...(host?.memory && {
      timestamp: formatTime(host.atSeconds),
      metrics: {
        memory: presentVirtual(host.memory),
        ...(host.swap && { swap: presentSwap(host.swap) }),
        memory_threshold_percent: thresholdPercent,
      },
    }),
  };
}
