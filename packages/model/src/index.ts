export { streamsInTrouble } from './attention.ts';
export { AvailabilityFold, type KnownNow } from './availability.ts';
export {
  type Cause,
  type CauseSite,
  locateCause,
  type CauseContext,
  reasonKind,
  type ReasonKind,
} from './cause.ts';
export { type Evidence } from './evidence.ts';
export { isIll, URGENCIES, worstFirst, worstOf } from './health.ts';
export {
  DROPS_LIMIT_PER_SECOND,
  HOST_LIMITS,
  hostHealth,
  type HostLoadKind,
  hostOf,
  judgeHost,
  loadHealth,
  type TightLoad,
  tightLoads,
} from './host.ts';
export { availabilityOf, knownExtent, type KnownExtent, knownSeconds } from './known-share.ts';
export { adviseLatency, type LatencyAdvice, type LatencyComparison } from './latency.ts';
export { happenedMs, isUnseen, RESTART_WITHIN_MS, secondsBetween } from './outage.ts';
export type { ReportWindow } from './report-window.ts';
export { joinRuns, type RunKind, type RunPiece, type StreamCourse } from './stream-run.ts';
export type { StreamNow } from './stream-tally.ts';
export { rounded } from './numbers.ts';
export {
  assessStream,
  type AssessedStream,
  connectionsOf,
  illViewers,
  isCounted,
  isResting,
  readersOf,
  type StreamConnections,
} from './stream.ts';
