/** Data older than this many of its intervals is stale. */
export const STALE_INTERVALS = 3;

/** A server or host of which nothing new has come for so long is gone, in ms. */
export const GONE_MS = 86_400_000;
