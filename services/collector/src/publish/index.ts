export { EventOutbox, type StoredChange } from './event-outbox.ts';
export { EventRetention, type KeptEntries } from './event-retention.ts';
export { JoinedFile } from './joined-file.ts';
export { JsonFileError, writeJsonFile } from './json-file.ts';
export {
  type Publication,
  type PublishResult,
  RedisPublisher,
  type RedisPublisherOptions,
} from './redis-publisher.ts';
export { createServerHistory, type ServerHistory } from './server-history.ts';
