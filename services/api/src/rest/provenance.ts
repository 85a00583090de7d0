import type { Response } from 'express';
import type { Feed, Tick } from '../feed/index.ts';

const MS_PER_SECOND = 1_000;

/**
 * Says in headers how old the data of an answer is and where it comes from: of several servers the oldest's.
 * What can't be known is left out.
 */
export function setProvenance(response: Response, feed: Feed, ticks: readonly Tick[]): void {
  const ages = ticks.map((tick) => feed.age(tick));
  const agesMs = ages.map((age) => age?.ageMs ?? null);
  const collected = ticks.map((tick) => tick.head?.collectedAt ?? null);
  const ageMs = unlessUnknown(agesMs, (known) => Math.max(...known));
  const collectedAt = unlessUnknown(collected, oldest);
  const stale = someOf(ages.map((age) => age?.stale));
  const simulated = someOf(ticks.map((tick) => tick.head?.simulated));
  if (ageMs !== null) response.setHeader('Age', Math.floor(ageMs / MS_PER_SECOND));
  if (collectedAt !== null) response.setHeader('X-Collected-At', collectedAt);
  if (stale !== undefined) response.setHeader('X-Snapshot-Stale', String(stale));
  if (simulated !== undefined) response.setHeader('X-Snapshot-Simulated', String(simulated));
}

/** One unknown among them makes the whole unknown. */
function unlessUnknown<T>(values: readonly (T | null)[], whole: (known: readonly T[]) => T): T | null {
  const known = values.filter((value) => value !== null);
  return known.length === values.length && known.length > 0 ? whole(known) : null;
}

function oldest(times: readonly string[]): string {
  return times.reduce((first, time) => (Date.parse(time) < Date.parse(first) ? time : first));
}

/** True as soon as one is; false only when all are known to be false. */
function someOf(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(true)) return true;
  return values.includes(undefined) || values.length === 0 ? undefined : false;
}
