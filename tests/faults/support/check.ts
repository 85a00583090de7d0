import type {
  RestAnswer,
  WatchedClient,
  ConnectionTicks,
  TimedPoll,
  WhatWasSeen,
  WatchedTick,
} from './seen.ts';

/** What must never be, in words, of everything that was seen; empty when all was well. */
export function violationsIn(seen: WhatWasSeen): readonly string[] {
  const all = seen.clients.flatMap(({ name, connections }) =>
    connections.flatMap((connection) => [
      ...backwards(connection).map((what) => `${name}: ${what}`),
      ...connection.flatMap(falseTick).map((what) => `${name}: ${what}`),
    ]),
  );
  return [...all, ...lost(seen), ...falseAnswers(seen), ...polledTwice(seen)];
}

/**
 * Intervals from the end of a fault until every client and REST told what is true again; `null` = not all did.
 * A tick that was collected before counts as old.
 */
export function recoveryIntervals(seen: WhatWasSeen): number | null {
  const { endedMs, intervalMs, latenessMs } = seen;
  const times = [...seen.clients.map((client) => recoveredMs(client, endedMs)), answeredMs(seen)];
  const known = times.filter((time) => time !== null);
  if (known.length < times.length) return null;
  return Math.max(0, ...known.map((time) => time - endedMs - latenessMs)) / intervalMs;
}

/** Whether a tick tells of streams as they were just now. */
const isGood = ({ source, live, collectedMs, publishedMs, intervalMs }: WatchedTick): boolean =>
  source === 'up' && live > 0 && collectedMs !== null && publishedMs - collectedMs <= intervalMs;

function recoveredMs({ connections }: WatchedClient, endedMs: number): number | null {
  const good = connections.flat().find((tick) => isGood(tick) && (tick.collectedMs ?? 0) >= endedMs);
  return good?.atMs ?? null;
}

function answeredMs({ answers, endedMs }: WhatWasSeen): number | null {
  const after = answers.filter(({ askedMs }) => askedMs >= endedMs);
  return after.find(({ source, stale }) => source === 'up' && stale === false)?.atMs ?? null;
}

const nameOf = ({ epoch, seq }: WatchedTick): string => `${epoch}/${seq}`;

function backwards(connection: ConnectionTicks): readonly string[] {
  return connection.slice(1).flatMap((tick, index) => {
    const before = connection[index] ?? tick;
    const isLater = tick.epoch > before.epoch || (tick.epoch === before.epoch && tick.seq > before.seq);
    return isLater ? [] : [`${nameOf(tick)} came after ${nameOf(before)}`];
  });
}

function falseTick(tick: WatchedTick): readonly string[] {
  const { listed, promised, live, collectedMs, publishedMs, intervalMs } = tick;
  const isOld = collectedMs === null || publishedMs - collectedMs > 3 * intervalMs;
  return [
    promised !== null &&
      listed !== promised &&
      `${nameOf(tick)} lists ${listed} streams and says that there are ${promised}`,
    isOld && live > 0 && `${nameOf(tick)} says of ${live} streams that they are live, and is old`,
    tick.source !== 'up' && live > 0 && `${nameOf(tick)} says "${tick.source}", and ${live} streams live`,
  ].filter((what) => what !== false);
}

/**
 * Ticks between the first and the last that a connection got, which others got and it did not. Of two that come at once
 * the newer one does: each is complete. Who takes a server over numbers the last tick anew: that isn't another one.
 */
function lost({ clients, hit, beganMs, endedMs, patienceMs }: WhatWasSeen): readonly string[] {
  const told = new Map(
    clients.flatMap(({ connections }) => connections.flat()).map((tick) => [nameOf(tick), tick]),
  );
  return clients.flatMap(({ name, connections }) =>
    connections.flatMap((connection) => {
      const [first, last] = [connection[0], connection.at(-1)];
      if (first === undefined || last === undefined) return [];
      const got = new Set(connection.map(({ publishedMs }) => publishedMs));
      const missing = [...told.values()].filter(
        (tick) => !got.has(tick.publishedMs) && isBetween(first, tick, last) && !mayMiss(tick),
      );
      return missing.map((tick) => {
        const [before, next] = [
          connection.findLast((got) => isBefore(got, tick)),
          connection.find((got) => isBefore(tick, got)),
        ];
        const at = (got: WatchedTick | undefined): string =>
          got === undefined ? 'none' : `${nameOf(got)} at ${got.atMs - tick.atMs} ms`;
        return `${name} never got ${nameOf(tick)}, but ${at(before)} and ${at(next)}`;
      });
      function mayMiss(tick: WatchedTick): boolean {
        const next = connection.find((got) => isBefore(tick, got));
        const isSuperseded = next !== undefined && next.atMs - tick.atMs < patienceMs;
        const isHit =
          hit.includes(name) && tick.atMs >= beganMs && tick.atMs <= endedMs + 2 * tick.intervalMs;
        return isSuperseded || isHit;
      }
    }),
  );
}

function isBetween(first: WatchedTick, tick: WatchedTick, last: WatchedTick): boolean {
  return isBefore(first, tick) && isBefore(tick, last);
}

function isBefore(one: WatchedTick, other: WatchedTick): boolean {
  return one.epoch < other.epoch || (one.epoch === other.epoch && one.seq < other.seq);
}

/** REST may call fresh only what was polled in the last three intervals, however long its way took. */
function falseAnswers({
  answers,
  polls,
  intervalMs,
  latenessMs,
  patienceMs,
}: WhatWasSeen): readonly string[] {
  const lastGoodMs = (by: number): number =>
    polls.findLast(({ atMs, good }) => good && atMs <= by)?.atMs ?? -Infinity;
  const isFalse = ({ askedMs, atMs, stale }: RestAnswer): boolean =>
    stale === false && askedMs - lastGoodMs(atMs) > 3 * intervalMs + patienceMs + latenessMs;
  return answers
    .filter(isFalse)
    .map(
      ({ askedMs, atMs }) =>
        `REST called data fresh that were ${Math.round(askedMs - lastGoodMs(atMs))} ms old`,
    );
}

/** A timer may fire a little before its time. */
const EARLY_MS = 50;

/** Two collectors may poll in the interval in which one takes over from the other, and not for longer. */
function polledTwice({ polls, beganMs, intervalMs, patienceMs }: WhatWasSeen): readonly string[] {
  const slots = new Map<number, TimedPoll[]>();
  for (const poll of polls.filter(({ atMs }) => atMs >= beganMs)) {
    const slot = Math.floor((poll.atMs + EARLY_MS) / intervalMs);
    slots.set(slot, [...(slots.get(slot) ?? []), poll]);
  }
  const isTwice = (slot: number): boolean => (slots.get(slot)?.length ?? 0) > 1;
  const before = Array.from({ length: Math.ceil(patienceMs / intervalMs) }, (_, index) => index + 1);
  return [...slots.keys()]
    .filter((slot) => isTwice(slot) && before.every((back) => isTwice(slot - back)))
    .map(
      (slot) =>
        `polled twice in intervals one after the other, until ${new Date(slot * intervalMs).toISOString()}`,
    );
}
