export * from './board.ts';
export * from './gc.ts';
export * from './main-thread.ts';
export * from './this-thread.ts';
