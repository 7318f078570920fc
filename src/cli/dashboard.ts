// `plimsoll dashboard`: the Grafana dashboard over the metrics of this monitor.
import { dashboard } from '../metrics/index.ts';
import { defineCommand, EXIT, jsonOption } from './command.ts';
import { commandSettings, configOption } from './settings-options.ts';

export const command = defineCommand({
  usage: 'dashboard [options]',
  details:
    'Prints its JSON, with or without --json, for the metrics prefix in force (MONITORING_METRICS_PREFIX).\n' +
    'Import it in Grafana, or put it where Grafana provisions dashboards from.',
  options: { ...configOption, ...jsonOption },
  async run({ options }, io) {
    io.stdout.write(dashboard(commandSettings(options, io.env).settings.metricsPrefix));
    return EXIT.ok;
  },
});
