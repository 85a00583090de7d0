export { CLOSE_CODES, EXIT_CODES, PROBLEMS, type Problem, type ProblemCode } from './codes.ts';
export {
  arrayMarker,
  joinMessage,
  MESSAGE_VERSION,
  SOURCE_STATUSES,
  type ServerStatus,
  type Source,
  type SourceStatus,
  type StatusMessage,
  type StreamsHead,
  type StreamsMessage,
  type Topic,
  type Totals,
} from './message.ts';
export { DEFAULT_KEY_PREFIX, redisNames, type RedisNames } from './redis-names.ts';
export { DEFAULT_SERVER_ID, isServerId, SERVER_ID_RULE } from './server-id.ts';
export type { StreamRecord } from './stream.ts';
