export { NO_EXPECTATION, NO_HOST, refusalOfError } from './malformed.ts';
export { Turns } from './turns.ts';
export { Unread } from './unread.ts';
