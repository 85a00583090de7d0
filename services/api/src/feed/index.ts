export type { EventLog, LoggedEvent, OlderPage } from './event-log.ts';
export { Feed } from './feed.ts';
export { ALL, type Choice, type Chosen, only } from './interest.ts';
export type { KeptKind, ReadHistory } from './kept-reads.ts';
export { type Asker, BusyError, type Reader, ReadTurns } from './read-turns.ts';
export { type ScanRange, SLICE_MS } from './scan.ts';
export { SharedWork } from './shared-work.ts';
export { SESSION_VALUES } from './stored-session.ts';
export type { FeedUpdate } from './update.ts';
