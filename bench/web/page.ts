// The results as a page.
import { quantile } from '../metrics/statistics.ts';
import type { FirstView } from './first-view.ts';
import { heapTable } from './heap-table.ts';
import type { Results } from './run.ts';

const ms = (value: number) => value.toFixed(0);
const spread = (values: readonly number[]) =>
  `${ms(quantile(values, 0.5))} | ${ms(Math.min(...values))} | ${ms(Math.max(...values))}`;
const kib = (bytes: number) => (bytes / 1024).toFixed(1);

export function resultPage({
  machine,
  fresh,
  freshAgain,
  freshLater,
  hour,
  hourAgain,
  week,
  empty,
  flame,
  table,
  heap,
}: Results): string {
  const view = (name: string, { completeMs }: FirstView) => `| ${name} | ${spread(completeMs)} |`;
  const [first, last] = [heap[1] ?? heap[0], heap.at(-1)];
  const samples = (last?.samples ?? 0) - (first?.samples ?? 0);
  const growth = (last?.usedBytes ?? 0) - (first?.usedBytes ?? 0);
  return `# How quick the page is

${machine.processors} processors, Linux ${machine.kernel}, Node.js ${machine.node}, Chromium ${machine.browser} without a GPU, on loopback, browser and
agent on the same machine, which was not idle. \`node bench/web/run.ts\`.

## The first view

From the start of the navigation, nothing cached, in a browser at rest, to the frame after everything is there: memory, four charts with their data,
incidents, processes. The agent has a week of history of 50 processes. ${hour.completeMs.length} loads each;
for those of a fresh agent as many agents are started anew, and the load is the first thing that each is asked. A page of one paragraph, at the
end, is what the browser and the machine take by themselves.

| | median, ms | least, ms | most, ms |
|---|---:|---:|---:|
${view('the first load of an agent, 3 s after it said where it listens', fresh)}
${view('the same, A/A', freshAgain)}
${view('the first load of an agent, 10 s after', freshLater)}
${view('the last hour', hour)}
${view('the last hour, A/A', hourAgain)}
${view('the last seven days', week)}
${view('a page of one paragraph', empty)}

It loads ${kib(hour.javaScriptGzipBytes)} KiB of JavaScript (gzip), in ${hour.requests} requests with the data's.

## A flame graph of ${flame.boxes.toLocaleString('en')} boxes

| | median, ms | least, ms | most, ms |
|---|---:|---:|---:|
| another snapshot: asked for, read, laid out, drawn | ${spread(flame.fromAnswerMs)} |
| inverted: laid out anew, drawn | ${spread(flame.invertedMs)} |
| a click that zooms | ${spread(flame.zoomMs)} |

Each includes the frame that shows it, and the one after.

## The table of ${table.processes.toLocaleString('en')} processes

Scrolled from top to bottom in 240 frames, new rows in each: ${table.framesPerSecond.toFixed(1)} frames a second, the longest ${ms(table.longestFrameMs)} ms; an empty page
made ${table.emptyFramesPerSecond.toFixed(1)} frames a second. Sorting by name took ${ms(table.sortMs)} ms.

## The page's heap while it follows

Used after a collection, by the browser's inspector, at five samples a second:

${heapTable(heap)}

From the second reading to the last: ${samples} samples, as many as an agent takes in ${((samples * 10) / 60).toFixed(0)} minutes by default, and ${growth >= 0 ? '+' : ''}${(growth / 1024).toFixed(0)} KiB.
`;
}
