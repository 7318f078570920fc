// The page a browser sees: the newest sample, what fires, and where everything else is. Rendered here, without a script, so
// that it works wherever the monitor does.
import type { Incident, ProcessSample } from '../../model/index.ts';
import type { Latest, MemoryUsage, Monitor } from '../../monitor/monitor.ts';
import { formatBytes, formatDuration, formatTime } from '../../units/index.ts';
import { type Html, html } from './html.ts';
import { STYLE } from './style.ts';

const SHOWN_PROCESSES = 10;

/** Incidents that fire now are always among those of the last hour. */
const ALERT_HOURS = 1;

const LINKS = [
  'metrics',
  'healthz',
  'readyz',
  'api/openapi.json',
  'api/monitoring/status',
  'api/monitoring/detailed-metrics',
  'api/monitoring/hotspots',
  'api/monitoring/processes',
  'api/monitoring/trends',
  'api/monitoring/alerts',
  'api/monitoring/memory-leaks',
  'api/monitoring/settings',
] as const;

/** The whole page. It holds no data for a reader who has not shown the token. */
export function statusPage(monitor: Monitor, mayRead: boolean): string {
  const latest = monitor.latest();
  const content = !mayRead ? LOCKED : latest ? overview(monitor, latest) : WAITING;
  return page(monitor.settings().sampleInterval, content).text;
}

const LOCKED = html`<p>This monitor asks for a token. Send it as <code>Authorization: Bearer …</code>, for example:
<code>curl -H "Authorization: Bearer $MONITORING_TOKEN" …/api/monitoring/status</code></p>`;

const WAITING = html`<p>The first sample has not been taken yet.</p>`;

function page(refreshSeconds: number, content: Html): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="refresh" content="${Math.max(1, Math.ceil(refreshSeconds))}">
<title>Plimsoll</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Plimsoll</h1>
${content}
<h2>Everything else</h2>
<ul>${LINKS.map((link) => html`<li><a href="${link}">/${link}</a></li>`)}</ul>
</body>
</html>
`;
}

function overview(monitor: Monitor, latest: Latest): Html {
  const usage = monitor.memoryUsage();
  const firing = monitor
    .incidents(ALERT_HOURS)
    .map(({ incident }) => incident)
    .filter(({ state }) => state === 'firing');
  return html`
${usage ? memory(usage, monitor.settings().memoryThreshold) : html`<p>The memory of this host cannot be read.</p>`}
<h2>Active alerts</h2>
${firing.length === 0 ? html`<p>None.</p>` : html`<ul>${firing.map(alert)}</ul>`}
<h2>Largest processes</h2>
${processTable(latest.processes)}
${footer(monitor, latest)}`;
}

function memory({ virtual, swap }: MemoryUsage, thresholdPercent: number): Html {
  return html`
<h2>Memory</h2>
<meter min="0" max="100" low="${thresholdPercent}" high="${thresholdPercent}" optimum="0" value="${virtual.percent}">${virtual.percent} %</meter>
<p><strong>${virtual.percent} %</strong> in use: ${formatBytes(virtual.usedBytes)} of ${formatBytes(virtual.totalBytes)},
${formatBytes(virtual.availableBytes)} available. Alert above ${thresholdPercent} %.
${swap.totalBytes > 0 ? `Swap: ${swap.percent} % of ${formatBytes(swap.totalBytes)}.` : 'No swap.'}</p>`;
}

function alert(incident: Incident): Html {
  return html`<li><strong>${incident.severity}</strong>: ${incident.message}, since ${formatTime(incident.startedAtSeconds)}</li>`;
}

function processTable(processes: readonly ProcessSample[]): Html {
  const largest = processes.toSorted((a, b) => b.rssBytes - a.rssBytes).slice(0, SHOWN_PROCESSES);
  return html`<table>
<thead><tr><th class="number">pid</th><th>name</th><th class="number">RSS</th><th class="number">memory</th><th class="number">CPU</th></tr></thead>
<tbody>${largest.map(processRow)}</tbody>
</table>`;
}

function processRow(process: ProcessSample): Html {
  const cpu = process.cpuPercent === undefined ? '' : `${process.cpuPercent.toFixed(1)} %`;
  return html`
<tr><td class="number">${process.pid}</td><td>${process.name}</td><td class="number">${formatBytes(process.rssBytes)}</td><td class="number">${process.memoryPercent.toFixed(1)} %</td><td class="number">${cpu}</td></tr>`;
}

function footer(monitor: Monitor, latest: Latest): Html {
  const { version, mode, uptimeSeconds, self } = monitor.status();
  return html`<footer>Plimsoll ${version}, ${mode}, up ${formatDuration(uptimeSeconds)}, using ${formatBytes(self.memoryBytes)} itself.
Sample of ${formatTime(latest.host.atSeconds)}.</footer>`;
}
