import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { skipWithout } from '../../test/programs.ts';
import { descriptorBudget } from './descriptor-budget.ts';
import { readDescriptorLimit } from './procfs/index.ts';

describe('descriptorBudget', () => {
  it('is nothing for captured files, which can be replaced, and where there is nothing', () => {
    assert.equal(descriptorBudget(join(import.meta.dirname, '../../fixtures/hosts/linux-6.18/proc')), 0);
    assert.equal(descriptorBudget('/nonexistent'), 0);
  });

  it('is a quarter of what the process may have open', { skip: skipWithout('/proc/self/limits') }, () => {
    const limit = readDescriptorLimit('/proc') ?? 0;
    assert.equal(descriptorBudget('/proc'), Math.min(4096, Math.floor(limit / 4)));
  });
});
