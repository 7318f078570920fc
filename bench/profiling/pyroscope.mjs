// Preloaded into the measured service: Pyroscope's heap profiler with its own defaults. It pushes to whoever measures.
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { PEERS_FOLDER, PYROSCOPE_SERVER } = process.env;
const { default: Pyroscope } = createRequire(join(PEERS_FOLDER, 'package.json'))('@pyroscope/nodejs');
Pyroscope.init({ serverAddress: PYROSCOPE_SERVER, appName: 'bench' });
Pyroscope.startHeapProfiling();
