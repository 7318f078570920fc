export { createReportCollections } from './collections.ts';
export { startRecorder } from './recorder.ts';
export * from './run-record.ts';
