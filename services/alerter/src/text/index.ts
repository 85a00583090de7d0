export { type Style, textsOf } from './alert-text.ts';
export { linkOf } from './links.ts';
export { type Tone, writeAlert, writeMessage, type WrittenMessage } from './message-text.ts';
