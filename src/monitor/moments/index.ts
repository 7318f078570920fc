export * from './collections.ts';
export * from './starts.ts';
