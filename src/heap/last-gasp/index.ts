export * from './exported-profile.ts';
export * from './heap-pace.ts';
export * from './near-limit-export.ts';
