export { ageOf, isGone, isSilent, silenceAbout, untilOlderMs } from './age.ts';
export { Answers } from './answers.ts';
export { Compressions, type Waiter } from './compressions.ts';
export { Content } from './content.ts';
export { Fleet } from './fleet.ts';
export { DEFLATE_WINDOW_BITS, Message } from './message.ts';
export { joinArrays } from './parts.ts';
export { type RecordFields, streamOf } from './records.ts';
export {
  parseStoredAlerts,
  parseStoredHost,
  parseStoredServer,
  type ServerValues,
  type StoredTicks,
  type StoredValues,
} from './stored.ts';
export { type FilteredView, StreamFilters } from './stream-filters.ts';
export {
  ALERT_HEADS,
  HOST_HEADS,
  type HeadSchemas,
  type KnownHead,
  type ParsedHead,
  type ParsedTick,
  parseMessage,
  parseServersMessage,
  type ReadMoment,
  type Rejection,
  SERVER_HEADS,
  type Tick,
} from './tick.ts';
