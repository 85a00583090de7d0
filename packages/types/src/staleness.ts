/** Data older than this many of its intervals is stale. */
export const STALE_INTERVALS = 3;

/** A server or host of which nothing new has come for so long is gone, in ms. */
export const GONE_MS = 86_400_000;

/** Up to this age, silence says nothing of the streams: monitors restart. */
export const NO_DATA_WARNING_MS = 30_000;

/** From this age on, silence is an alarm (`no-data`). */
export const NO_DATA_CRITICAL_MS = 60_000;
