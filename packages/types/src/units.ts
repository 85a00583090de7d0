export const BITS_PER_BYTE = 8;
export const BITS_PER_MEGABIT = 1_000_000;

/** Decimal Mbit/s that a byte a second is. */
export const MBPS_PER_BYTE = BITS_PER_BYTE / BITS_PER_MEGABIT;

/** Unix time in ms at which the year 10000 begins, from which on times can't be written as RFC 3339 has it. */
export const END_OF_TIMES_MS = 253_402_300_800_000;
