// Mails made of templates that hold the recipient's own text: no two are alike, and each is cached.
import mustache from 'mustache';
import { drive, fixed } from './loop.mjs';

if (fixed) mustache.templateCache = undefined;

await drive({
  rate: 200,
  warmup: 1000,
  step: 1000,
  async iter(i) {
    const template = `Dear {{name}}, your order ${i} {{#items}}<li>{{title}} for ${i} euro</li>{{/items}} thank you`;
    const mail = mustache.render(template, { name: 'Ada', items: [{ title: 'tea' }, { title: 'salt' }] });
    if (!mail.includes('tea')) throw new Error(mail);
  },
});
