import { expect } from '@jest/globals';
import type { Alert, Reason } from '@mediamtx-monitor/types';
import type { CameMessage, TargetProcess } from './target.ts';

/** An alert as its events tell it. */
export interface ToldAlert {
  readonly id: string;
  readonly server: string;
  /** `null` = it is about the server itself. */
  readonly stream: string | null;
  /** When it fired (RFC 3339): more than once where the trouble came back. */
  readonly firedAt: readonly string[];
  /** Codes of all reasons that it fired for. */
  readonly codes: readonly string[];
  /** When it was over last; `null` = it isn't. */
  readonly resolvedAt: string | null;
}

/** Alerts by the entries of the events' Redis stream. */
export function toldAlerts(events: readonly Readonly<Record<string, unknown>>[]): readonly ToldAlert[] {
  const alerts = new Map<string, ToldAlert>();
  for (const { type, alert, at, server, stream, reasons } of events) {
    const id = String(alert);
    const before = alerts.get(id);
    if (type === 'alert.firing') {
      alerts.set(id, {
        ...{ id, server: String(server), stream: typeof stream === 'string' ? stream : null },
        firedAt: [...(before?.firedAt ?? []), String(at)],
        codes: [...(before?.codes ?? []), ...(reasons as readonly Reason[]).map(({ code }) => code)],
        resolvedAt: null,
      });
    }
    if (type === 'alert.resolved' && before !== undefined)
      alerts.set(id, { ...before, resolvedAt: String(at) });
  }
  return [...alerts.values()];
}

/** Whether nobody needs to be told of an alert: its server's own may have muted it. */
function mayBeMuted(
  { server, stream, firedAt, resolvedAt }: ToldAlert,
  alerts: readonly ToldAlert[],
): boolean {
  const [began = ''] = firedAt;
  return alerts.some(
    (one) =>
      stream !== null &&
      one.stream === null &&
      one.server === server &&
      (one.firedAt[0] ?? '') <= (resolvedAt ?? '') &&
      began <= (one.resolvedAt ?? ''),
  );
}

/**
 * Proves what a target was told, once all is over: each alert, that it fired before that it was resolved, neither more
 * often than it did, none that wasn't, and of each message the same whenever it came.
 */
export function expectTold(target: TargetProcess, alerts: readonly ToldAlert[]): void {
  const messages = target.came();
  const taken = messages.filter(({ isTaken }) => isTaken);
  const ids = new Set(alerts.map(({ id }) => id));
  const fired = lastPlaces(taken, ({ fired: news, repeated }) => [...news, ...repeated]);
  const resolved = lastPlaces(taken, (message) => message.resolved);
  const untold = alerts.filter((alert) => !resolved.has(alert.id) && !mayBeMuted(alert, alerts));
  expect({ target: target.name, untold }).toStrictEqual({ target: target.name, untold: [] });
  const invented = [...fired.keys(), ...resolved.keys()].filter((id) => !ids.has(id));
  const early = alerts.filter(
    ({ id }) => fired.has(id) && !((fired.get(id) ?? 0) < (resolved.get(id) ?? -1)),
  );
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
  const news = [({ fired: some }: CameMessage) => some, ({ resolved: some }: CameMessage) => some];
  for (const alertsOf of news) {
    const tellings = tellingsOf(messages, alertsOf);
    const often = alerts.filter(({ id, firedAt }) => (tellings.get(id)?.size ?? 0) > firedAt.length);
    expect({ target: target.name, often }).toStrictEqual({ target: target.name, often: [] });
  }
}

/** Ids of the messages that tell of an alert, by its id. */
function tellingsOf(
  messages: readonly CameMessage[],
  alertsOf: (message: CameMessage) => readonly Alert[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const tellings = new Map<string, Set<string>>();
  for (const message of messages) {
    for (const { id } of alertsOf(message)) {
      tellings.set(id, (tellings.get(id) ?? new Set()).add(message.id));
    }
  }
  return tellings;
}

/** Where in the order of messages an alert is told last, by its id. */
function lastPlaces(
  messages: readonly CameMessage[],
  alertsOf: (message: CameMessage) => readonly Alert[],
): ReadonlyMap<string, number> {
  return new Map(
    messages.flatMap((message, place) => alertsOf(message).map(({ id }) => [id, place] as const)),
  );
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
