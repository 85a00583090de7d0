/** Id of an event: Redis's own of an entry of a stream, Unix time in ms and a number. */
export const EVENT_ID = /^\d{1,15}-\d{1,15}$/;

/** Whether the event of id `a` comes after the one of id `b`. */
export function isLaterEvent(a: string, b: string): boolean {
  const [aMs, aNumber] = partsOf(a);
  const [bMs, bNumber] = partsOf(b);
  return aMs === bMs ? aNumber > bNumber : aMs > bMs;
}

function partsOf(id: string): readonly [unixMs: number, number: number] {
  const hyphen = id.indexOf('-');
  return [Number(id.slice(0, hyphen)), Number(id.slice(hyphen + 1))];
}

/** Before any event. */
export const NO_EVENT_ID = '0-0';

const LAST_NUMBER = 999_999_999_999_999;

/** Whether an event may have this id; if not, it is only a place before others, as one before a time is. */
export function isIdOfEvent(id: string): boolean {
  return id !== NO_EVENT_ID && partsOf(id)[1] < LAST_NUMBER;
}

/** The greatest id before this one. */
export function idBefore(id: string): string {
  const [ms, number] = partsOf(id);
  if (number > 0) return `${ms}-${number - 1}`;
  return ms > 0 ? `${ms - 1}-${LAST_NUMBER}` : NO_EVENT_ID;
}

/** The least id after this one. */
export function idAfter(id: string): string {
  const [ms, number] = partsOf(id);
  return number < LAST_NUMBER ? `${ms}-${number + 1}` : `${ms + 1}-0`;
}

/** When the event was taken by Redis, Unix time in ms by its clock. */
export function eventIdMs(id: string): number {
  return partsOf(id)[0];
}
