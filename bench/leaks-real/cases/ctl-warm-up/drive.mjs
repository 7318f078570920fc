// A service that loads and compiles what it needs when it first needs it: schemas, formats, results of expensive functions.
import Ajv from 'ajv';
import { format } from 'date-fns';
import { drive } from './loop.mjs';

const ajv = new Ajv.default();
const validators = new Map();
const PATTERNS = ['yyyy-MM-dd', 'PPPP', "do 'of' LLLL", 'EEEE', 'HH:mm:ss.SSS', 'QQQ yyyy', 'RRRR-II'];

function validatorOf(kind) {
  let validator = validators.get(kind);
  if (validator === undefined) {
    validator = ajv.compile({
      type: 'object',
      properties: { [`field${kind}`]: { type: 'string', minLength: kind } },
    });
    validators.set(kind, validator);
  }
  return validator;
}

await drive({
  rate: 100,
  warmup: 3000,
  step: 1000,
  async iter(i) {
    // Kinds become known ever more slowly, and there are only 120.
    const kind = Math.min(119, Math.floor(40 * Math.log1p((i % 2000) / 100)));
    validatorOf(kind)({ [`field${kind}`]: 'x'.repeat(kind) });
    format(new Date(1.7e12 + i * 1e6), PATTERNS[i % PATTERNS.length]);
  },
});
