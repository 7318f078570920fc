// A crawler that ends all its work through one signal, which it seldom uses.
import pMap from 'p-map';
import { drive } from './loop.mjs';

const shutdown = new AbortController();
const fetchPage = async (url) => ({ url, body: `<html>${url}</html>` });

await drive({
  rate: 200,
  warmup: 500,
  step: 400,
  async iter(i) {
    const urls = Array.from({ length: 12 }, (_, k) => `https://site-${i}.example/page-${k}`);
    await pMap(urls, fetchPage, { concurrency: 4, signal: shutdown.signal });
  },
});
