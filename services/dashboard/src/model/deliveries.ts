import type { NotificationEntry } from '@mediamtx-monitor/types';

/** What became of a message, without the message. */
export type MessageOutcome = Omit<NotificationEntry, 'message'>;

/** @see MessageOutcome */
export function deliveryOf(entry: NotificationEntry): MessageOutcome {
  const delivery: MessageOutcome & { message?: unknown } = { ...entry };
  delete delivery.message;
  return delivery;
}

/** More that could not be delivered are not listed. */
const MAX_UNDELIVERED = 20;

/**
 * What could not be delivered, the newest first, and not since then either. A message that was given up more than once is
 * one.
 * @param deliveries in order
 */
export function undelivered(deliveries: readonly MessageOutcome[]): readonly MessageOutcome[] {
  const last = new Map<string, MessageOutcome>();
  for (const one of deliveries) {
    const key = `${one.target} ${one.messageId}`;
    last.delete(key);
    last.set(key, one);
  }
  return [...last.values()]
    .filter(({ outcome }) => outcome === 'dead')
    .reverse()
    .slice(0, MAX_UNDELIVERED);
}

/** What became of a test of a target; `undefined` while that isn't known. @param before what was known when it was sent */
export function testOutcome(
  target: string,
  before: readonly MessageOutcome[] | undefined,
  now: readonly MessageOutcome[] | undefined,
): MessageOutcome | undefined {
  if (before === undefined) return undefined;
  const known = new Set(before.map(({ id }) => id));
  return now?.find((one) => one.kind === 'test' && one.target === target && !known.has(one.id));
}
