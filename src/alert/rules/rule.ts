// A rule: what one check read, into one observation. Pure, and without a memory of its own.
import type { AlertKey, Observation } from '../../model/index.ts';
import type { RuleInputs } from '../inputs.ts';

export type Rule = (inputs: RuleInputs) => Observation;

export const healthy = (key: AlertKey): Observation => ({ key, outcome: 'healthy' });
export const unknown = (key: AlertKey): Observation => ({ key, outcome: 'unknown' });
