import { expect } from '@jest/globals';
import type { CameMessage, TargetProcess } from './target.ts';

/** An alert as its events tell it. */
export interface ToldAlert {
  readonly id: string;
  readonly stream: string;
  readonly isResolved: boolean;
}

/** Alerts by the entries of the events' Redis stream. */
export function toldAlerts(events: readonly Readonly<Record<string, unknown>>[]): readonly ToldAlert[] {
  const idsOf = (type: string) => events.filter((event) => event['type'] === type);
  const resolved = new Set(idsOf('alert.resolved').map(({ alert }) => alert));
  return idsOf('alert.firing').map(({ alert, stream }) => ({
    id: String(alert),
    stream: String(stream),
    isResolved: resolved.has(alert),
  }));
}

/**
 * Proves what a target was told, once all is over: each alert, that it fired before that it was resolved, none that wasn't,
 * and of each message the same whenever it came.
 */
export function expectTold(target: TargetProcess, alerts: readonly ToldAlert[]): void {
  const messages = target.came();
  const taken = messages.filter(({ isTaken }) => isTaken);
  const ids = new Set(alerts.map(({ id }) => id));
  const fired = placesOf(taken, ({ fired: news, repeated }) => [...news, ...repeated]);
  const resolved = placesOf(taken, (message) => message.resolved);
  const untold = alerts.filter(({ id }) => !resolved.has(id));
  expect({ target: target.name, untold }).toStrictEqual({ target: target.name, untold: [] });
  const invented = [...fired.keys(), ...resolved.keys()].filter((id) => !ids.has(id));
  const early = [...fired].filter(([id, { first }]) => first > (resolved.get(id)?.last ?? -1));
  expect({ invented, early }).toStrictEqual({ invented: [], early: [] });
  // A message that was tried is tried until it is taken.
  const takenIds = new Set(taken.map(({ id }) => id));
  expect(messages.filter(({ id }) => !takenIds.has(id))).toStrictEqual([]);
  const bodies = new Map<string, string>();
  for (const { id, body } of messages) {
    expect(bodies.get(id) ?? body).toBe(body);
    bodies.set(id, body);
  }
  // What is told again has the id with which it was told first: a receiver knows by it that it had it.
  expect(idsToldTwice(messages, ({ fired: news }) => news)).toStrictEqual([]);
  expect(idsToldTwice(messages, (message) => message.resolved)).toStrictEqual([]);
}

/** Alerts of which several messages tell the same. */
function idsToldTwice(
  messages: readonly CameMessage[],
  alertsOf: (message: CameMessage) => CameMessage['fired'],
): readonly string[] {
  const messageOf = new Map<string, string>();
  return messages.flatMap((message) =>
    alertsOf(message).flatMap(({ id }) => {
      const before = messageOf.get(id) ?? message.id;
      messageOf.set(id, before);
      return before === message.id ? [] : [id];
    }),
  );
}

/** Where in the order of messages an alert is told first and last, by its id. */
function placesOf(
  messages: readonly CameMessage[],
  alertsOf: (message: CameMessage) => CameMessage['fired'],
) {
  const places = new Map<string, { readonly first: number; readonly last: number }>();
  for (const [place, message] of messages.entries()) {
    for (const { id } of alertsOf(message))
      places.set(id, { first: places.get(id)?.first ?? place, last: place });
  }
  return places;
}

/** Proves that each message of which the log of notifications says that it was delivered was taken; none was given up. */
export function expectDelivered(
  targets: readonly TargetProcess[],
  log: readonly Readonly<Record<string, unknown>>[],
): void {
  const wrong = log.filter(({ target: name, messageId, outcome }) => {
    const messages = targets.find((target) => target.name === name)?.came() ?? [];
    return outcome !== 'delivered' || !messages.some(({ id, isTaken }) => isTaken && id === messageId);
  });
  expect(wrong).toStrictEqual([]);
}
