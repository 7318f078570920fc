export * from './board.ts';
export * from './gc.ts';
export * from './give-back.ts';
export * from './main-thread.ts';
export * from './sampler/profile-reader.ts';
export * from './sampler/sampler.ts';
export * from './sampler/sampling-document.ts';
export * from './this-thread.ts';
