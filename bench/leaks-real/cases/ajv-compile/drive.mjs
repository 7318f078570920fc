// Each request is checked against a schema that its handler writes down anew.
import Ajv from 'ajv';
import { drive } from './loop.mjs';

const ajv = new (Ajv.default ?? Ajv)();
const orderSchema = () => ({
  type: 'object',
  required: ['id', 'items'],
  properties: {
    id: { type: 'integer' },
    items: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
  },
});

await drive({
  rate: 40,
  warmup: 200,
  step: 150,
  async iter(i) {
    const validate = ajv.compile(orderSchema());
    if (!validate({ id: i, items: [{ name: 'tea' }] })) throw new Error(ajv.errorsText(validate.errors));
  },
});
