// Stack traces of clients are translated; the consumer of each map is never destroyed, so its mappings stay in WebAssembly memory.
import { SourceMapConsumer, SourceMapGenerator } from 'source-map';
import { drive, fixed } from './loop.mjs';

const generator = new SourceMapGenerator({ file: 'bundle.js' });
for (let line = 1; line <= 3000; line++)
  generator.addMapping({ source: 'app.ts', generated: { line, column: 3 }, original: { line, column: 1 } });
const map = generator.toString();

await drive({
  rate: 5,
  warmup: 30,
  step: 40,
  async iter(i) {
    const consumer = await new SourceMapConsumer(map);
    const { line } = consumer.originalPositionFor({ line: 1 + (i % 3000), column: 3 });
    if (line !== 1 + (i % 3000)) throw new Error(`line ${line}`);
    if (fixed) consumer.destroy();
  },
});
