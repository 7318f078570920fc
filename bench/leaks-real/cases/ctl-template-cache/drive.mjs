// A few hundred templates are compiled when they are first asked for, the popular ones soon, the last after half a minute.
import Handlebars from 'handlebars';
import { drive } from './loop.mjs';

const TEMPLATES = 300;
const compiled = new Map();

function templateOf(number) {
  let template = compiled.get(number);
  if (template === undefined) {
    template = Handlebars.compile(`<h1>{{title}} ${number}</h1>{{#each items}}<li>{{this}}</li>{{/each}}`);
    compiled.set(number, template);
  }
  return template;
}

await drive({
  rate: 120,
  warmup: 3000,
  step: 1000,
  async iter(i) {
    const number = Math.floor(TEMPLATES * ((i * 0.618034) % 1) ** 3);
    templateOf(number)({ title: `page ${i}`, items: ['tea', 'salt', i] });
  },
});
