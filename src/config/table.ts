// Every setting there is, once: its environment name, its key in a configuration file and in the code, its type with its
// bounds, its default, and one line of help. Validation, `plimsoll config`, `--help` and docs/settings.md are made of it.
import { CHANNEL_NAMES } from '../model/index.ts';

interface SettingBase {
  /** Environment variable. */
  readonly name: string;
  readonly help: string;
  /** May be changed while the monitor runs (PUT /api/monitoring/settings). */
  readonly runtime?: true;
  /** Never printed. */
  readonly secret?: true;
}

export interface NumberSetting extends SettingBase {
  readonly kind: 'number';
  readonly default?: number;
  readonly min: number;
  readonly max: number;
  /** The minimum itself is not allowed. */
  readonly above?: true;
  readonly integer?: true;
  readonly unit: string;
}

export interface BooleanSetting extends SettingBase {
  readonly kind: 'boolean';
  readonly default: boolean;
}

export interface TextSetting extends SettingBase {
  readonly kind: 'text';
  readonly default?: string;
  /** What a value must look like, and how to say so. */
  readonly pattern?: RegExp;
  readonly allowed?: string;
}

/** A comma list. */
export interface ListSetting extends SettingBase {
  readonly kind: 'list';
  readonly default?: readonly string[];
  /** Each item must be one of these, … */
  readonly choices?: readonly string[];
  /** … or look like this. */
  readonly pattern?: RegExp;
  readonly allowed?: string;
}

export type Setting = NumberSetting | BooleanSetting | TextSetting | ListSetting;

const ROUTES = ['all', ...CHANNEL_NAMES] as const;
const HTTP_URL = /^https?:\/\/\S+$/;
const WEEK_SECONDS = 7 * 86_400;

const seconds = { kind: 'number', unit: 's' } as const;
const route = (priority: string) =>
  ({
    kind: 'list',
    name: `${priority}_NOTIFICATION_ROUTES`,
    default: ['all'],
    choices: ROUTES,
    runtime: true,
    help: `configured channels that hear of ${priority} alerts: a comma list, all, or empty for none`,
  }) as const;

export const SETTINGS = {
  alertingEnabled: {
    kind: 'boolean',
    name: 'ALERTING_ENABLED',
    default: true,
    runtime: true,
    help: 'health checks and notifications',
  },
  memoryThreshold: {
    kind: 'number',
    name: 'MEMORY_THRESHOLD',
    default: 85,
    min: 0,
    above: true,
    max: 100,
    unit: '%',
    runtime: true,
    help: 'memory in use above which a health check fails',
  },
  healthCheckInterval: {
    ...seconds,
    name: 'HEALTH_CHECK_INTERVAL',
    default: 60,
    min: 0.1,
    max: 86_400,
    runtime: true,
    help: 'time between health checks',
  },
  healthCheckCooldown: {
    ...seconds,
    name: 'HEALTH_CHECK_COOLDOWN',
    default: 30,
    min: 0,
    max: 86_400,
    runtime: true,
    help: 'least time between the end of a health check and the start of the next',
  },
  sampleInterval: {
    ...seconds,
    name: 'MONITORING_SAMPLE_INTERVAL',
    default: 10,
    min: 0.1,
    max: 3600,
    runtime: true,
    help: 'time between samples of the host, the processes and the heap',
  },
  consecutiveFailures: {
    kind: 'number',
    name: 'MONITORING_CONSECUTIVE_FAILURES',
    default: 3,
    min: 1,
    max: 1000,
    integer: true,
    unit: 'checks',
    runtime: true,
    help: 'failing checks in a row before anyone is notified',
  },
  dedupWindow: {
    ...seconds,
    name: 'MONITORING_DEDUP_WINDOW',
    default: 300,
    min: 0,
    max: WEEK_SECONDS,
    runtime: true,
    help: 'time in which the same alert is not notified again',
  },
  maxRuntime: {
    ...seconds,
    name: 'MONITORING_MAX_RUNTIME',
    min: 0,
    above: true,
    max: 86_400,
    runtime: true,
    help: 'bound on one health check; none when unset',
  },
  alertRecoveryMinutes: {
    kind: 'number',
    name: 'ALERT_RECOVERY_MINUTES',
    default: 60,
    min: 0,
    max: 10_080,
    unit: 'min',
    runtime: true,
    help: 'time without a breach before an incident is closed for good; a breach within it reopens the same incident',
  },
  processHistorySize: {
    kind: 'number',
    name: 'MONITORING_PROCESS_HISTORY_SIZE',
    default: 100,
    min: 2,
    max: 100_000,
    integer: true,
    unit: 'samples',
    help: 'samples kept in memory for each tracked process',
  },
  slowQueryThresholdMs: {
    kind: 'number',
    name: 'MONITORING_SLOW_QUERY_THRESHOLD_MS',
    default: 100,
    min: 0,
    max: 86_400_000,
    unit: 'ms',
    runtime: true,
    help: 'a database query this slow is kept',
  },
  slowQueryRingSize: {
    kind: 'number',
    name: 'MONITORING_SLOW_QUERY_RING_SIZE',
    default: 50,
    min: 1,
    max: 10_000,
    integer: true,
    unit: 'queries',
    help: 'slowest queries kept',
  },
  slowEndpointThresholdMs: {
    kind: 'number',
    name: 'MONITORING_SLOW_ENDPOINT_THRESHOLD_MS',
    default: 1000,
    min: 0,
    max: 86_400_000,
    unit: 'ms',
    runtime: true,
    help: 'an HTTP request this slow is kept',
  },
  slowEndpointRingSize: {
    kind: 'number',
    name: 'MONITORING_SLOW_ENDPOINT_RING_SIZE',
    default: 50,
    min: 1,
    max: 10_000,
    integer: true,
    unit: 'requests',
    help: 'slowest HTTP requests kept',
  },
  tracemallocEnabled: {
    kind: 'boolean',
    name: 'MONITORING_TRACEMALLOC_ENABLED',
    default: false,
    help: 'allocation snapshots: live memory by function, file and line',
  },
  tracemallocThresholdMb: {
    kind: 'number',
    name: 'MONITORING_TRACEMALLOC_THRESHOLD_MB',
    default: 100,
    min: 0,
    max: 1_048_576,
    unit: 'MiB',
    runtime: true,
    help: 'RSS at which a snapshot is taken by itself',
  },
  tracemallocTopN: {
    kind: 'number',
    name: 'MONITORING_TRACEMALLOC_TOP_N',
    default: 10,
    min: 1,
    max: 1000,
    integer: true,
    unit: 'sites',
    runtime: true,
    help: 'allocation sites shown per snapshot',
  },
  tracemallocInterval: {
    ...seconds,
    name: 'MONITORING_TRACEMALLOC_INTERVAL',
    default: 60,
    min: 1,
    max: 86_400,
    runtime: true,
    help: 'least time between automatic snapshots',
  },
  tracemallocSampleBytes: {
    kind: 'number',
    name: 'MONITORING_TRACEMALLOC_SAMPLE_BYTES',
    default: 524_288,
    min: 1024,
    max: 1_073_741_824,
    integer: true,
    unit: 'bytes',
    help: 'mean allocated bytes between two samples; 65536 in precise mode unless set',
  },
  tracemallocInlining: {
    kind: 'boolean',
    name: 'MONITORING_TRACEMALLOC_INLINING',
    default: false,
    help: "keep V8's inlining while profiling: cheaper, but a callee's allocations may be billed to its caller",
  },
  tracemallocPadding: {
    kind: 'boolean',
    name: 'MONITORING_TRACEMALLOC_PADDING',
    default: true,
    help: "keep the application's functions from being inlined by padding the modules it loads; false: by V8's flags, which rewrite nothing and cost more CPU",
  },
  tracemallocPrecise: {
    kind: 'boolean',
    name: 'MONITORING_TRACEMALLOC_PRECISE',
    default: false,
    help: 'line precision: rewrites the modules it loads so that each allocation expression has a site of its own; turns allocation snapshots on',
  },
  tracemallocBuffers: {
    kind: 'boolean',
    name: 'MONITORING_TRACEMALLOC_BUFFERS',
    default: false,
    help: 'attribute Buffers and ArrayBuffers to allocation sites',
  },
  tracemallocFiles: {
    kind: 'list',
    name: 'MONITORING_TRACEMALLOC_FILES',
    help: "files that precise mode covers, as globs; the application's own when unset",
  },
  metricsPrefix: {
    kind: 'text',
    name: 'MONITORING_METRICS_PREFIX',
    default: 'vertex_ar_',
    pattern: /^[a-zA-Z_:][a-zA-Z0-9_:]*$|^$/,
    allowed: 'letters, digits, _ and :, not starting with a digit',
    help: 'prefix of every metric',
  },
  host: {
    kind: 'text',
    name: 'MONITORING_HOST',
    default: '127.0.0.1',
    pattern: /^[\w.:%-]+$/,
    allowed: 'a host name or an IP address',
    help: 'address to listen on; anything but loopback needs MONITORING_TOKEN',
  },
  port: {
    kind: 'number',
    name: 'MONITORING_PORT',
    default: 9487,
    min: 0,
    max: 65_535,
    integer: true,
    unit: 'port',
    help: 'port to listen on; 0 picks a free one',
  },
  token: {
    kind: 'text',
    name: 'MONITORING_TOKEN',
    secret: true,
    pattern: /^[\x21-\x7e]+$/,
    allowed: 'printable ASCII without spaces',
    help: 'bearer token that every request but /healthz and /readyz must carry; without one only loopback is served',
  },
  dataDir: {
    kind: 'text',
    name: 'MONITORING_DATA_DIR',
    help: "folder of the store; the agent's default is $XDG_STATE_HOME/plimsoll, a service's none (memory only)",
  },
  storeMaxMb: {
    kind: 'number',
    name: 'MONITORING_STORE_MAX_MB',
    default: 512,
    min: 8,
    max: 1_048_576,
    unit: 'MiB',
    help: 'size of the store on disk past which the oldest history goes first',
  },
  retentionDays: {
    kind: 'number',
    name: 'MONITORING_RETENTION_DAYS',
    default: 90,
    min: 1,
    max: 3650,
    unit: 'd',
    help: 'age at which hourly history goes; raw samples are kept two days, minutes two weeks, or this if it is less',
  },
  trackedProcesses: {
    kind: 'number',
    name: 'MONITORING_TRACKED_PROCESSES',
    default: 50,
    min: 1,
    max: 1000,
    integer: true,
    unit: 'processes',
    help: 'processes whose history is kept: the largest by RSS, by growth and by CPU, and our own',
  },
  procRoot: {
    kind: 'text',
    name: 'MONITORING_PROC_ROOT',
    default: '/proc',
    help: "where the kernel's process files are (a container with the host's mounted elsewhere)",
  },
  cgroupRoot: {
    kind: 'text',
    name: 'MONITORING_CGROUP_ROOT',
    default: '/sys/fs/cgroup',
    help: 'where the control group files are',
  },
  processRssThresholdMb: {
    kind: 'number',
    name: 'PROCESS_RSS_THRESHOLD_MB',
    default: 2048,
    min: 0,
    above: true,
    max: 1_073_741_824,
    unit: 'MiB',
    runtime: true,
    help: "RSS of the monitor's own process (the service it is in) above which a health check fails",
  },
  telegramBotToken: {
    kind: 'text',
    name: 'TELEGRAM_BOT_TOKEN',
    secret: true,
    help: 'Telegram bot that sends alerts',
  },
  telegramChatId: { kind: 'text', name: 'TELEGRAM_CHAT_ID', help: 'Telegram chat that receives alerts' },
  smtpServer: { kind: 'text', name: 'SMTP_SERVER', help: 'mail server' },
  smtpPort: {
    kind: 'number',
    name: 'SMTP_PORT',
    default: 587,
    min: 1,
    max: 65_535,
    integer: true,
    unit: 'port',
    help: 'port of the mail server',
  },
  smtpUsername: { kind: 'text', name: 'SMTP_USERNAME', help: 'user on the mail server' },
  smtpPassword: { kind: 'text', name: 'SMTP_PASSWORD', secret: true, help: 'password on the mail server' },
  smtpFrom: { kind: 'text', name: 'SMTP_FROM', help: 'sender of alert mails; SMTP_USERNAME when unset' },
  adminEmails: { kind: 'list', name: 'ADMIN_EMAILS', help: 'receivers of alert mails' },
  webhookUrls: {
    kind: 'list',
    name: 'WEBHOOK_URLS',
    pattern: HTTP_URL,
    allowed: 'http:// or https:// addresses, comma-separated',
    secret: true,
    help: 'addresses that get each notification as JSON by POST',
  },
  webhookTimeout: {
    ...seconds,
    name: 'WEBHOOK_TIMEOUT',
    default: 30,
    min: 0.1,
    max: 600,
    help: 'bound on one attempt',
  },
  webhookMaxRetries: {
    kind: 'number',
    name: 'WEBHOOK_MAX_RETRIES',
    default: 3,
    min: 0,
    max: 20,
    integer: true,
    unit: 'retries',
    help: 'further attempts after the first has failed',
  },
  alertmanagerUrl: {
    kind: 'text',
    name: 'ALERTMANAGER_URL',
    pattern: HTTP_URL,
    allowed: 'an http:// or https:// address',
    help: 'Alertmanager that receives alerts',
  },
  criticalNotificationRoutes: route('CRITICAL'),
  highNotificationRoutes: route('HIGH'),
  mediumNotificationRoutes: route('MEDIUM'),
  lowNotificationRoutes: route('LOW'),
} as const satisfies Record<string, Setting>;

export type SettingKey = keyof typeof SETTINGS;

type ValueOf<S extends Setting> = S extends { kind: 'number' }
  ? number
  : S extends { kind: 'boolean' }
    ? boolean
    : S extends { kind: 'text' }
      ? string
      : readonly string[];

type Defaulted = {
  [K in SettingKey]: (typeof SETTINGS)[K] extends { default: unknown } ? K : never;
}[SettingKey];

/** The settings in force, camelCase, each in the unit its table row names. One without a default may be absent. */
export type Settings = { readonly [K in Defaulted]: ValueOf<(typeof SETTINGS)[K]> } & {
  readonly [K in Exclude<SettingKey, Defaulted>]?: ValueOf<(typeof SETTINGS)[K]>;
};

export type SettingValue = number | boolean | string | readonly string[];

export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[];

export function settingOf(key: SettingKey): Setting {
  return SETTINGS[key];
}
