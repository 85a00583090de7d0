export { JsonFileError, writeJsonFile } from './json-file.ts';
export {
  createRedisPublisher,
  type Publication,
  type Published,
  type RedisPublisher,
  type RedisPublisherOptions,
} from './redis-publisher.ts';
