export * from './format.ts';
export * from './quantities.ts';
export * from './rounding.ts';
export * from './unsigned.ts';
