export { JsonFileError, writeJsonFile } from './json-file.ts';
export {
  type Publication,
  type Published,
  RedisPublisher,
  type RedisPublisherOptions,
} from './redis-publisher.ts';
