// Builds the dashboard from web/ into dist/web, which the API serves. Run by scripts/build.mjs with the pinned Node.js; by itself
// it builds the dashboard alone.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

await build({ configFile: join(root, 'web', 'vite.config.ts'), logLevel: 'warn' });
