export {
  type Age,
  type Compressions,
  Content,
  type Fleet,
  type RecordFields,
  streamOf,
  type Tick,
} from '../tick/index.ts';
export type { EventLog, LoggedEvent } from './event-log.ts';
export { Feed } from './feed.ts';
export type { FeedUpdate } from './update.ts';
