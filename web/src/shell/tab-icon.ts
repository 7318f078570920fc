// The load line, small, in the tab's icon and title: a glance at the tab is enough.
import { useEffect } from 'preact/hooks';
import type { Status } from '../../../src/api/wire.ts';
import { useCell } from '../state/cell.ts';
import { useDashboard } from '../state/dashboard.tsx';

export function useTabIcon(status: Status | undefined): void {
  const { live } = useDashboard();
  const percent = useCell(live.sample)?.memory?.percent;
  const freshness = useCell(live.freshness);
  const alerts = status?.active_alerts ?? 0;
  const threshold = status?.thresholds.memory ?? 85;
  const shown = percent === undefined ? undefined : Math.round(percent);
  const isLive = freshness.kind === 'live';
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]');
    if (icon && shown !== undefined) icon.href = drawIcon(shown, threshold, alerts > 0, isLive);
    document.title = titleOf(shown, alerts, isLive);
  }, [shown, threshold, alerts, isLive]);
}

function titleOf(percent: number | undefined, alerts: number, isLive: boolean): string {
  const figure = percent === undefined ? '' : `${isLive ? '' : '? '}${percent} % · `;
  return `${alerts > 0 ? `(${alerts}) ` : ''}${figure}Plimsoll ${window.location.host}`;
}

/** 16 by 16: the fill from below, the bar at the threshold. */
function drawIcon(percent: number, threshold: number, alerting: boolean, isLive: boolean): string {
  const fill = !isLive ? '#93a1b1' : alerting ? '#d5443a' : '#3388bb';
  const height = (percent / 100) * 16;
  const bar = 16 - (threshold / 100) * 16;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><rect width="16" height="16" rx="3" fill="#c9dfeb"/><rect y="${16 - height}" width="16" height="${height}" rx="1" fill="${fill}"/><path d="M0 ${bar}h16" stroke="#10161d" stroke-width="1.5"/><circle cx="8" cy="${bar}" r="2.6" fill="#fff" stroke="#10161d" stroke-width="1.3"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
