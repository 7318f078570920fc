export * from './api.ts';
export * from './errors.ts';
export * from './listener.ts';
export { PROBLEMS, type ProblemCode } from './problems.ts';
export { warmUp } from './warm-up.ts';
export type * from './wire.ts';
