// The table of what can be in the way, for those that may not look into heap/.
export { ATTACH_ERRORS, type AttachErrorCode } from '../../heap/attach/errors.ts';
