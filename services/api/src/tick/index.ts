export {
  ageOf,
  ALERT_HEADS,
  HOST_HEADS,
  type HeadSchemas,
  isGone,
  isSilent,
  type KnownHead,
  type Rejection,
  SERVER_HEADS,
  silenceAbout,
  untilOlderMs,
} from '@mediamtx-monitor/runtime';
export { Answers } from './answers.ts';
export { Compressions, type Waiter } from './compressions.ts';
export { Content } from './content.ts';
export { Fleet } from './fleet.ts';
export { DEFLATE_WINDOW_BITS, Message } from './message.ts';
export { joinArrays } from './parts.ts';
export { type RecordFields, streamOf } from './records.ts';
export { type ServerHead, serverHeadOf } from './server-head.ts';
export {
  parseStoredAlerts,
  parseStoredHost,
  parseStoredServer,
  type ServerValues,
  type StoredTicks,
  type StoredValues,
} from './stored.ts';
export { type FilteredView, StreamFilters } from './stream-filters.ts';
export { type ParsedHead, type ParsedTick, parseMessage, parseServersMessage, type Tick } from './tick.ts';
