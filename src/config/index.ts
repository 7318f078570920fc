export * from './file.ts';
export * from './load.ts';
export * from './parse.ts';
export * from './settings-error.ts';
export * from './table.ts';
