export * from './load.ts';
export * from './parse.ts';
export * from './table.ts';
