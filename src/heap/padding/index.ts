export { startPadding } from './start.ts';
