import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { announcesTooMuch, MAX_BODY_BYTES, readJson } from './body.ts';

const post = (body: string | Uint8Array<ArrayBuffer>) =>
  new Request('http://localhost/', { method: 'POST', body });

describe('reading a body', () => {
  it('gives back any JSON that fits', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 3 }), async (text) => {
        assert.deepEqual(await readJson(post(text)), { json: JSON.parse(text) });
      }),
    );
  });

  it('never throws, whatever the bytes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
        const read = await readJson(post(bytes as Uint8Array<ArrayBuffer>));
        assert.ok('json' in read || read.refusal === 'INVALID_JSON');
      }),
    );
  });

  it('takes the last byte that is allowed and not one more', async () => {
    const fits = JSON.stringify('x'.repeat(MAX_BODY_BYTES - 2));
    assert.ok('json' in (await readJson(post(fits))));
    assert.deepEqual(await readJson(post(`${fits} `)), { refusal: 'BODY_TOO_LARGE' });
  });

  it('stops pulling once it is too much', async () => {
    let pulled = 0;
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024));
      },
    });
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: endless,
      duplex: 'half',
    } as RequestInit);
    assert.deepEqual(await readJson(request), { refusal: 'BODY_TOO_LARGE' });
    assert.ok(pulled <= MAX_BODY_BYTES / 1024 + 3, `${pulled} KiB were pulled`);
  });

  it('refuses what breaks off', async () => {
    const broken = new ReadableStream({ pull: (controller) => controller.error(new Error('aborted')) });
    const request = new Request('http://localhost/', {
      method: 'POST',
      body: broken,
      duplex: 'half',
    } as RequestInit);
    assert.deepEqual(await readJson(request), {
      refusal: 'INVALID_REQUEST',
      reason: 'The body did not arrive whole',
    });
  });

  it('sees an announcement that is too large', () => {
    const announce = (length: string) =>
      announcesTooMuch(
        new Request('http://localhost/', { method: 'POST', headers: { 'content-length': length } }),
      );
    assert.deepEqual(['65536', '65537', 'x', ''].map(announce), [false, true, false, false]);
  });
});
