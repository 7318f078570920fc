// Our files in the programs that people open them with: speedscope's page and the code of Chrome DevTools' memory panel, both in
// a real browser. What they show has to be what the profile says, function by function.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { type Profile, totalBytes } from '../../src/model/index.ts';
import { readProfile, writeProfile } from '../../src/profile/index.ts';
import { skipWithout } from '../programs.ts';
import { CHROMIUM, launchBrowser } from '../web/browser.ts';
import { samplesOf } from './arbitrary-profile.ts';

const FIXTURES = join(import.meta.dirname, '../../fixtures/profiles');
const SPEEDSCOPE = join(import.meta.dirname, '../../node_modules/speedscope/dist/release');
const CONTENT_TYPES: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript' };

const captured = ['inspector.heapprofile', 'datadog.pprof'].map((file) => ({
  file,
  profile: readProfile(readFileSync(join(FIXTURES, file))),
}));

/** What each function itself holds, by its name. */
type BytesByFunction = Readonly<Record<string, number>>;

function sum(rows: Iterable<readonly [string, number]>): BytesByFunction {
  const sums: Record<string, number> = {};
  for (const [name, bytes] of rows) if (bytes > 0) sums[name] = (sums[name] ?? 0) + bytes;
  return sums;
}

function named(profile: Profile): BytesByFunction {
  return sum(
    samplesOf(profile).flatMap(({ stack, bytes }) => {
      const name = stack.at(-1)?.functionName ?? '';
      // Those without a name are called differently by everyone.
      return name === '' || name.startsWith('(') ? [] : [[name, bytes] as const];
    }),
  );
}

describe('our files in other programs', { skip: skipWithout(CHROMIUM) }, () => {
  let browser: Browser;
  let server: Server;
  let file: Uint8Array = new Uint8Array();
  before(async () => {
    browser = await launchBrowser();
    server = createServer((request, response) => {
      const path = new URL(request.url ?? '/', 'http://localhost').pathname;
      response.setHeader('content-type', CONTENT_TYPES[extname(path)] ?? 'application/octet-stream');
      response.end(path.startsWith('/profile.') ? file : readFileSync(join(SPEEDSCOPE, path)));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  after(async () => {
    await browser.close();
    server.close();
    server.closeAllConnections();
  });

  for (const { file: name, profile } of captured) {
    it(`are what speedscope shows of ${name} written as .heapprofile`, async () => {
      file = writeProfile(profile, 'heapprofile');
      const shown = await openInSpeedscope('profile.heapprofile');
      assert.equal(shown.total, totalBytes(profile));
      assert.partialDeepStrictEqual(shown.byFunction, named(profile));
    });

    it(`are what speedscope shows of ${name} written as pprof`, async () => {
      file = writeProfile(profile, 'pprof');
      const shown = await openInSpeedscope('profile.pprof');
      assert.equal(shown.total, totalBytes(profile));
      assert.partialDeepStrictEqual(shown.byFunction, named(profile));
    });

    it(`are what Chrome DevTools shows of ${name} written as .heapprofile`, async () => {
      const page = await browser.newPage();
      await page.goto('devtools://devtools/bundled/devtools_app.html');
      const rows = await page.evaluate(
        devToolsRows,
        new TextDecoder().decode(writeProfile(profile, 'heapprofile')),
      );
      assert.equal(
        rows.reduce((total, [, bytes]) => total + bytes, 0),
        totalBytes(profile),
      );
      assert.partialDeepStrictEqual(sum(rows), named(profile));
      await page.close();
    });
  }

  async function openInSpeedscope(path: string): Promise<{ total: number; byFunction: BytesByFunction }> {
    const { port } = server.address() as AddressInfo;
    const page = await browser.newPage({ acceptDownloads: true });
    await page.goto(`http://127.0.0.1:${port}/index.html#profileURL=/${path}&title=ours`);
    await page.waitForFunction('document.title.startsWith("ours")');
    const exported = await exportedBy(page);
    await page.close();
    return evented(exported);
  }
});

interface SpeedscopeFile {
  readonly shared: { readonly frames: readonly { readonly name: string }[] };
  readonly profiles: readonly (
    | {
        readonly type: 'evented';
        readonly startValue: number;
        readonly endValue: number;
        readonly events: readonly { readonly type: 'O' | 'C'; readonly frame: number; readonly at: number }[];
      }
    | {
        readonly type: 'sampled';
        readonly samples: readonly (readonly number[])[];
        readonly weights: readonly number[];
      }
  )[];
}

async function exportedBy(page: Page): Promise<SpeedscopeFile> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Control+s')]);
  return JSON.parse(readFileSync(await download.path(), 'utf8')) as SpeedscopeFile;
}

function evented({ shared, profiles }: SpeedscopeFile): { total: number; byFunction: BytesByFunction } {
  const rows = profiles.flatMap((profile) =>
    profile.type === 'evented' ? selfOfEvents(profile.events) : selfOfSamples(profile),
  );
  return {
    total: rows.reduce((total, [, bytes]) => total + bytes, 0),
    byFunction: sum(rows.map(([frame, bytes]) => [shared.frames[frame]?.name ?? '', bytes])),
  };
}

function selfOfSamples({
  samples,
  weights,
}: Extract<SpeedscopeFile['profiles'][number], { type: 'sampled' }>): [number, number][] {
  return samples.map((stack, index) => [stack.at(-1) ?? -1, weights[index] ?? 0]);
}

/** Between two events the innermost open frame is the one that holds. */
function selfOfEvents(
  events: Extract<SpeedscopeFile['profiles'][number], { type: 'evented' }>['events'],
): [number, number][] {
  const open: number[] = [];
  let last = 0;
  return events.map(({ type, frame, at }) => {
    const row: [number, number] = [open.at(-1) ?? -1, at - last];
    last = at;
    if (type === 'O') open.push(frame);
    else open.pop();
    return row;
  });
}

interface DevToolsNode {
  readonly functionName: string;
  readonly self: number;
  readonly children: readonly DevToolsNode[];
}

/** Runs in DevTools' own page. */
async function devToolsRows(text: string): Promise<[string, number][]> {
  const bundle = './panels/profiler/profiler.js';
  const { HeapProfileView } = (await import(bundle)) as {
    HeapProfileView: { SamplingHeapProfileModel: new (profile: unknown) => { root: DevToolsNode } };
  };
  const rows = ({ functionName, self, children }: DevToolsNode): [string, number][] => [
    [functionName, self],
    ...children.flatMap(rows),
  ];
  return rows(new HeapProfileView.SamplingHeapProfileModel(JSON.parse(text)).root);
}
