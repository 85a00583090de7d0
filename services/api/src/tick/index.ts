export { type Age, ageOf, isGone, isSilent, silenceAbout } from './age.ts';
export { Answers } from './answers.ts';
export { Compressions, type Waiter } from './compressions.ts';
export { Content } from './content.ts';
export { Fleet } from './fleet.ts';
export { DEFLATE_WINDOW_BITS, Message } from './message.ts';
export {
  HOST_HEADS,
  type HeadSchemas,
  type Parsed,
  parseMessage,
  type Rejection,
  SERVER_HEADS,
} from './parse.ts';
export { joinArrays } from './parts.ts';
export { type RecordFields, streamOf } from './records.ts';
export {
  parseStoredHost,
  parseStoredServer,
  type ServerValues,
  type StoredTicks,
  type StoredValues,
} from './stored.ts';
export { type FilteredView, StreamFilters } from './stream-filters.ts';
export type { ReadMoment, Tick } from './tick.ts';
