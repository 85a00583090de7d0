export { JsonFileError, writeJsonFile } from './json-file.ts';
export {
  type Publication,
  type PublishResult,
  RedisPublisher,
  type RedisPublisherOptions,
} from './redis-publisher.ts';
