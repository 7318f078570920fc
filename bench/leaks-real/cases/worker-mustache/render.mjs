import mustache from 'mustache';

if (process.env.FIXED === '1') mustache.templateCache = undefined;

export default (i) => {
  const template = `Dear {{name}}, your order ${i} {{#items}}<li>{{title}} for ${i} euro</li>{{/items}} thank you`;
  return mustache.render(template, { name: 'Ada', items: [{ title: 'tea' }, { title: 'salt' }] });
};
