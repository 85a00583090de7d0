import type { Feed, Fleet } from '../feed/index.ts';

const NONE: ReadonlySet<string> = new Set();

/**
 * Servers that are silent, among several: headers can't say which part of an answer is old, so its records have to. Of
 * one alone they can.
 */
export function silentOf(feed: Feed, { ticks }: Fleet): ReadonlySet<string> {
  if (ticks.length < 2) return NONE;
  return new Set(ticks.filter((tick) => feed.isSilent(tick)).map((tick) => tick.subject));
}
