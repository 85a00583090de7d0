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
