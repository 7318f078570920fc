// `plimsoll rules`: the alerting rules for the Prometheus that scrapes this monitor.
import { alertRules, ruleGroups } from '../metrics/index.ts';
import { defineCommand, EXIT, jsonOption } from './command.ts';
import { printJson } from './output.ts';
import { commandSettings, configOption } from './settings-options.ts';

export const command = defineCommand({
  usage: 'rules [options]',
  details:
    'Prints a rule file (YAML, or JSON, which Prometheus takes too) for the metrics prefix in force (MONITORING_METRICS_PREFIX).\n' +
    'Example: plimsoll rules > /etc/prometheus/rules/plimsoll.yml',
  options: { ...configOption, ...jsonOption },
  async run({ options }, io) {
    const { metricsPrefix } = commandSettings(options, io.env).settings;
    if (options.json) printJson(io.stdout, { groups: ruleGroups(metricsPrefix) });
    else io.stdout.write(alertRules(metricsPrefix));
    return EXIT.ok;
  },
});
