export type { EventLog, LoggedEvent } from './event-log.ts';
export { Feed } from './feed.ts';
export type { FeedUpdate } from './update.ts';
