export { JsonFileError, writeJsonFile } from './json-file.ts';
export type { Publication } from './publication.ts';
export {
  createRedisPublisher,
  type Published,
  type RedisPublisher,
  type RedisPublisherOptions,
} from './redis-publisher.ts';
