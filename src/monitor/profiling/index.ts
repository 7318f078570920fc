export * from './answers.ts';
export * from './profiling.ts';
export * from './snapshot-folder.ts';
export * from './source.ts';
