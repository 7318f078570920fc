// Walks a Grafana dashboard's JSON and lists what its panels ask, as a Prometheus can be asked outside Grafana.

interface Panel {
  readonly title?: string;
  readonly targets?: readonly { readonly expr: string }[];
  /** Of a collapsed row. */
  readonly panels?: readonly Panel[];
}

export interface PanelQuery {
  readonly panel: string;
  readonly expression: string;
}

/** Every panel's expressions, in collapsed rows too, as they stand in the JSON. */
export function panelQueries(dashboardJson: string): readonly PanelQuery[] {
  const { panels } = JSON.parse(dashboardJson) as { panels: readonly Panel[] };
  return panels.flatMap(queriesOf);
}

function queriesOf(panel: Panel): readonly PanelQuery[] {
  const own = (panel.targets ?? []).map(({ expr }) => ({ panel: panel.title ?? '', expression: expr }));
  return [...own, ...(panel.panels ?? []).flatMap(queriesOf)];
}

/** With Grafana's variables filled in: every instance, and `window` for the interval that Grafana derives. */
export function withoutVariables(expression: string, window: string): string {
  return expression.replaceAll('$instance', '.*').replaceAll('$__rate_interval', window);
}
