export * from './attach.ts';
export * from './errors.ts';
export { type PauseForecast, pauseText } from './forecast.ts';
export { STACK_DEPTH } from './sample.ts';
export type { InspectorLeft } from './way-out.ts';
