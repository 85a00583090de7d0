export { CLOSE_CODES, EXIT_CODES, PROBLEMS, type Problem, type ProblemCode } from './codes.ts';
export {
  PROTOCOLS,
  ROLES,
  type ConnectionRecord,
  type HlsDetail,
  type MoqDetail,
  type Protocol,
  type ProtocolDetail,
  type Role,
  type RtmpDetail,
  type RtpDetail,
  type RtspDetail,
  type SrtDetail,
  type WebrtcDetail,
} from './connection.ts';
export { HEALTHS, REASON_CODES, type Health, type Reason, type ReasonCode } from './health.ts';
export {
  arrayMarker,
  joinMessage,
  MESSAGE_VERSION,
  SOURCE_STATUSES,
  TOPICS,
  type ConnectionsMessage,
  type MessageHead,
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
export { STREAM_STATES, type Media, type StreamRecord, type StreamState } from './stream.ts';
