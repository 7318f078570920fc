// A crawler keeps the title of each page: a slice, which keeps the whole page.
import * as cheerio from 'cheerio';
import { drive, fixed } from './loop.mjs';

const paragraph =
  'The quick brown fox jumps over the lazy dog and keeps running along the river bank. '.repeat(300);
const titles = [];

await drive({
  rate: 40,
  warmup: 100,
  step: 100,
  async iter(i) {
    const page = Buffer.from(
      `<html><head><title>The title of page ${i} of the site</title></head><p>${paragraph}${i}</p></html>`,
    );
    const $ = cheerio.load(page.toString('latin1'), { xml: { xmlMode: false } });
    const title = $('title').text();
    titles.push(fixed ? Buffer.from(title).toString() : title);
    if (fixed && titles.length > 100) titles.shift();
  },
});
