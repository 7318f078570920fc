export * from './alert.ts';
export * from './coded-error.ts';
export * from './heap.ts';
export * from './host.ts';
export * from './parse-error.ts';
export * from './process.ts';
export * from './profile.ts';
export * from './verdict.ts';
