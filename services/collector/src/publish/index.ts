export { JsonFileError, writeJsonFile } from './json-file.ts';
export {
  type Publication,
  type PublishResult,
  RedisPublisher,
  type RedisPublisherOptions,
} from './redis-publisher.ts';
export { ServerHistory } from './server-history.ts';
export { StreamRoster } from './stream-roster.ts';
