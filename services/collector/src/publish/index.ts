export { JsonFileError, writeJsonFile } from './json-file.ts';
export type { Publication } from './publication.ts';
export { createRedisPublisher, type RedisPublisher, type RedisPublisherOptions } from './redis-publisher.ts';
export type { ScriptReply } from './script.ts';
