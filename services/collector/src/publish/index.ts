export { JsonFileError, writeJsonFile } from './json-file.ts';
export type { Publication } from './publication.ts';
export { type Published, RedisPublisher, type RedisPublisherOptions } from './redis-publisher.ts';
