// A flame graph of many boxes: from a click on the slider until it is drawn (the file read and decoded, laid out, painted), from
// a click on "inverted", and how long frames take while one zooms in and out.
import type { Browser, Page } from 'playwright-core';
import { openPage } from '../../test/web/browser.ts';
import { createRandom } from '../leak/random.ts';
import { askOneByOne } from './one-by-one.ts';

export interface FlameResult {
  readonly boxes: number;
  readonly fromAnswerMs: readonly number[];
  readonly invertedMs: readonly number[];
  readonly zoomMs: readonly number[];
}

interface Node {
  readonly id: number;
  readonly selfSize: number;
  readonly callFrame: object;
  readonly children: Node[];
}

/** Frames of a stack that V8's sampler keeps, by default. */
const MAX_DEPTH = 128;

/** V8's format: a tree of `boxes` call frames, some wide, some deep, of 3,000 functions in 300 files. */
export function heapProfile(boxes: number, seed: number): object {
  const random = createRandom(seed);
  const make = (id: number): Node => ({
    id,
    // Snapshots differ in size, so that one can see which is shown.
    selfSize: 512 * seed * random.integer(1, 2048),
    callFrame: callFrame(random.integer(0, 2999)),
    children: [],
  });
  const head: Node = {
    ...make(1),
    selfSize: 0,
    callFrame: { ...callFrame(0), functionName: '(root)', url: '' },
  };
  const nodes = [head];
  const depths = [0];
  while (nodes.length <= boxes) {
    // Mostly below a recent one, as deep as V8 looks.
    const recent = Math.max(0, nodes.length - 60);
    const drawn = random.integer(random.between(0, 1) < 0.2 ? 0 : recent, nodes.length - 1);
    const above = (depths[drawn] ?? 0) < MAX_DEPTH ? drawn : 0;
    const node = make(nodes.length + 1);
    nodes[above]?.children.push(node);
    nodes.push(node);
    depths.push((depths[above] ?? 0) + 1);
  }
  return { head };
}

function callFrame(number: number): object {
  return {
    functionName: `function${number}`,
    scriptId: String(number % 300),
    url:
      number % 3 === 0
        ? `/srv/app/src/file${number % 300}.ts`
        : `/srv/app/node_modules/package${number % 40}/index.js`,
    lineNumber: number % 900,
    columnNumber: 4,
  };
}

export async function measureFlame(
  browser: Browser,
  url: string,
  boxes: number,
  rounds: number,
): Promise<FlameResult> {
  const { page } = await openPage(browser, 'about:blank');
  await answerWith(page, boxes);
  await page.goto(`${url}#/heap`);
  await page.locator('.sites tbody td').first().waitFor();
  const repeat = async (script: string) => {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) times.push(await page.evaluate<number>(script));
    return times;
  };
  const fromAnswerMs: number[] = [];
  // Each snapshot is read once: the next is always a new one.
  for (let round = 0; round < rounds; round += 1)
    fromAnswerMs.push(await page.evaluate<number>(slide(round)));
  const invertedMs = await repeat(
    `(${TIMED})(() => document.querySelector('.explorer input[type=checkbox]').click())`,
  );
  const zoomMs = await repeat(ZOOM);
  await page.context().close();
  return { boxes, fromAnswerMs, invertedMs, zoomMs };
}

/** Milliseconds from an action until the frame after the one that draws what it asked for. */
const TIMED = `async (act) => {
  const frame = () => new Promise(requestAnimationFrame);
  const started = performance.now();
  act();
  await frame();
  await frame();
  return performance.now() - started;
}`;

/** The detail line names the whole, which differs from one snapshot to the next. */
const slide = (position: number) => `(async () => {
  const frame = () => new Promise(requestAnimationFrame);
  const slider = document.querySelector('.picker input[type=range]');
  const text = () => document.querySelector('.flame .detail').textContent;
  const before = text();
  const started = performance.now();
  slider.value = '${position}';
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  while (text() === before) await frame();
  await frame();
  return performance.now() - started;
})()`;

/** In at a box a third of the way, and out again. */
const ZOOM = `(async () => {
  const canvas = document.querySelector('.flame canvas');
  const box = canvas.getBoundingClientRect();
  const click = (x, y) => canvas.dispatchEvent(new MouseEvent('click', { bubbles: true, clientX: box.left + x, clientY: box.top + y }));
  const inwards = await (${TIMED})(() => click(box.width / 3, 70));
  const outwards = await (${TIMED})(() => click(10, 5));
  return Math.max(inwards, outwards);
})()`;

const SNAPSHOTS = 10;

/** Snapshots that no program has: made here, and handed out in place of the API's. */
async function answerWith(page: Page, boxes: number): Promise<void> {
  const names = Array.from({ length: SNAPSHOTS }, (_, index) => `big-${index}`);
  const files = new Map(names.map((name, index) => [name, JSON.stringify(heapProfile(boxes, index + 1))]));
  const snapshots = names.map((id, index) => ({
    id,
    timestamp: new Date(1_760_000_000_000 + index * 60_000).toISOString(),
    memory_mb: 500 + index,
    trigger: 'threshold',
    sampled_bytes: 1e9,
    sample_interval: 524_288,
    basis: 'after-major-collection',
    callees_billed_to_callers: false,
    top_allocations: [],
  }));
  const data = {
    enabled: true,
    current_memory_mb: 500,
    threshold_mb: 100,
    snapshot_count: SNAPSHOTS,
    snapshots,
    latest_snapshot: snapshots.at(-1),
    growing_sites: [],
  };
  await askOneByOne(page);
  await page.route('**/api/monitoring/memory-leaks', (route) =>
    route.fulfill({ json: { success: true, data, message: '' } }),
  );
  await page.route('**/api/monitoring/snapshots/*', (route) => {
    const name = /snapshots\/(.*)\.heapprofile/.exec(route.request().url())?.[1] ?? '';
    return route.fulfill({ contentType: 'application/json', body: files.get(name) ?? '' });
  });
}
