export { createReportCollections } from './collections.ts';
export { oldSpaceFlag } from './old-space-flag.ts';
export { startRecorder } from './recorder.ts';
export * from './run-record.ts';
