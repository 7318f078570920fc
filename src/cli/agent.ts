// `plimsoll agent`: watches this host and its processes, and serves what it finds until it is told to end.
import { hostname } from 'node:os';
import { createApi, startListener, warmUp } from '../api/index.ts';
import { keepHeapSmall } from '../heap/index.ts';
import { startAgentMonitor } from '../monitor/assemble.ts';
import { VERSION } from '../monitor/version.ts';
import type { Seconds } from '../units/index.ts';
import { defineCommand, EXIT, type Io } from './command.ts';
import { agentDataDir, requireSettings, settingsLayers, settingsOptions } from './settings-options.ts';

/** The first sample is there, and the start is over. */
const WARM_UP_SECONDS: Seconds = 1;

export const command = defineCommand({
  usage: 'agent [options]',
  details: 'Ends on SIGINT and SIGTERM. The log goes to stderr, a JSON object a line.',
  options: settingsOptions,
  showsSettings: true,
  async run({ options }, io) {
    const layers = settingsLayers(options, io.env);
    const { settings } = requireSettings(layers);
    const monitor = await startAgentMonitor({
      layers,
      dataDir: agentDataDir(settings, options, io.env),
      version: VERSION,
      writeLog: (line) => io.stderr.write(line),
    });
    try {
      const api = createApi(monitor, { token: settings.token });
      const listener = await startListener({ api, host: settings.host, port: settings.port });
      io.stdout.write(`Plimsoll watches ${hostname()}: ${listener.url}\n`);
      const warm = setTimeout(() => void warmUp(listener.url, settings.token), WARM_UP_SECONDS * 1000);
      const stopCollecting = keepHeapSmall();
      await endSignal(io);
      clearTimeout(warm);
      stopCollecting();
      await listener.stop();
    } finally {
      await monitor.stop();
    }
    return EXIT.ok;
  },
});

function endSignal(io: Io): Promise<void> {
  return new Promise((resolve) => {
    const release = [io.onSignal('SIGINT', end), io.onSignal('SIGTERM', end)];
    function end(): void {
      // A second signal ends the process the hard way, as it would without a handler.
      for (const off of release) off();
      resolve();
    }
  });
}
