export {
  OUTAGE_KINDS,
  type Availability,
  type AvailabilityReport,
  type StreamOutage,
  type OutageKind,
  type StreamAvailability,
} from './availability.ts';
export {
  CLOSE_CODES,
  EXIT_CODES,
  PROBLEMS,
  SOCKET_ERRORS,
  type Problem,
  type ProblemCode,
  type SocketErrorCode,
} from './codes.ts';
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
export {
  CAUSE_SOURCES,
  EVENT_SEVERITIES,
  EVENT_TYPES,
  type CauseSource,
  type EventCause,
  type EventReason,
  type EventSeverity,
  type EventsMessage,
  type EventType,
  type MonitorEvent,
  type StoredEvent,
} from './event.ts';
export { EVENT_ID, eventIdMs, idAfter, idBefore, isLaterEvent, NO_EVENT_ID } from './event-id.ts';
export {
  HEALTHS,
  HOST_REASON_CODES,
  REASON_CODES,
  SERVER_REASON_CODES,
  STREAM_REASON_CODES,
  type Health,
  type HostReasonCode,
  type Reason,
  type ReasonCode,
  type ServerReasonCode,
  type Severity,
  type StreamReasonCode,
} from './health.ts';
export {
  HOST_ID_RULE,
  HOST_KEPT_MS,
  isHostId,
  type HostCpu,
  type HostDisk,
  type HostInterface,
  type HostMemory,
  type HostNetwork,
  type HostProcess,
  type HostRecord,
  type HostsHead,
  type HostsMessage,
  type HostStatus,
  type HostSwap,
  type HostTraffic,
} from './host.ts';
export {
  isShallow,
  isSparse,
  MAX_HEAD_BYTES,
  MAX_HOST_BYTES,
  MAX_MESSAGE_BYTES,
  MAX_SUBJECTS,
} from './limits.ts';
export {
  FEW_WILDCARDS,
  MAX_CURSOR_LENGTH,
  MAX_GLOB_LENGTH,
  MAX_GLOB_WILDCARDS,
  WEBSOCKET_PROTOCOL,
  type CursorMessage,
  type ErrorMessage,
  type EventsTrimmedMessage,
  type StatusMessage,
  type SubscribeMessage,
  type Ticket,
} from './live.ts';
export {
  MESSAGE_VERSION,
  SOURCE_STATUSES,
  type ConnectionsHead,
  type ConnectionsMessage,
  type MessageHead,
  type ServerStatus,
  type Source,
  type SourceStatus,
  type StreamsHead,
  type StreamsMessage,
  type Totals,
} from './message.ts';
export { PREVIEW_PROTOCOLS, type Preview, type PreviewProtocol } from './preview.ts';
export {
  ADDRESS_PRIVACIES,
  RAW_SNAPSHOT_VERSION,
  type AddressPrivacy,
  type RawList,
  type RawSample,
  type RawSnapshot,
} from './raw-snapshot.ts';
export { DEFAULT_KEY_PREFIX, redisNames, type RedisNames } from './redis-names.ts';
export { DEFAULT_SERVER_ID, isServerId, SERVER_ID_RULE } from './server-id.ts';
export {
  ANSWER_CAUSES,
  SOURCE_ERRORS,
  TOO_MUCH_KINDS,
  type AnswerCause,
  type SourceError,
  type SourceErrorCode,
  type SourceErrorValues,
  type TooMuchKind,
} from './source-error.ts';
export type { SessionRecord } from './session.ts';
export { serverReasons } from './server-reasons.ts';
export {
  EXPECTED_BY,
  LISTED_STATES,
  NOTHING_DERIVED,
  STREAM_STATES,
  type ExpectedBy,
  type Forward,
  type LastLive,
  type ListedState,
  type Media,
  type Pull,
  type StreamRecord,
  type StreamState,
} from './stream.ts';
export {
  type Age,
  ageWhenPublishedMs,
  GONE_MS,
  isStale,
  NO_DATA_CRITICAL_MS,
  NO_DATA_WARNING_MS,
  type Silence,
  silenceOf,
  STALE_INTERVALS,
  staleAfterMs,
} from './staleness.ts';
export { isSubscribed, kindOf, subjectOf, type TopicHead } from './subject.ts';
export {
  isAheadOfTime,
  isNewer,
  isSameTick,
  MAX_EPOCH_AHEAD_MS,
  MAX_SEQ,
  nextEpoch,
  type NumberedTick,
  Succession,
  type TickNumber,
} from './tick-number.ts';
export {
  arrayMarker,
  isEventTopic,
  joinMessage,
  messageOpening,
  SUBJECT_KINDS,
  TOPIC_DECLARATIONS,
  TOPICS,
  type EventTopic,
  type ServerTopic,
  type SnapshotTopic,
  type SubjectKind,
  type Topic,
  type TopicDeclaration,
  type TopicKind,
} from './topic.ts';
