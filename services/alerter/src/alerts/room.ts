import type { IllSubject, StoredAlert } from '../model.ts';
import { isToldInFull } from './told.ts';

/** So many alerts of streams are kept. Those of servers and hosts, which are few and explain others, always are. */
export const MAX_ALERTS = 20_000;
/** Streams whose names are longer, in characters, have room of their own, so that they take none from others. */
export const LONG_NAME_LENGTH = 512;
/** So many characters these names have together. */
export const MAX_LONG_NAMES_LENGTH = 1_048_576;

interface Room {
  /** What gets an alert. */
  readonly kept: Iterable<readonly [string, IllSubject]>;
  /** Keys of the alerts that make room for it. */
  readonly displaced: readonly string[];
  /** How much is left out: what is in trouble, and what is over before everybody knows that. */
  readonly droppedCount: number;
}

/** What takes part of the same room. */
interface Pool {
  readonly held: readonly (readonly [string, StoredAlert])[];
  readonly fresh: readonly (readonly [string, IllSubject])[];
  readonly sizeOf: (one: OfSubject) => number;
  readonly maxSize: number;
}

type OfSubject = Pick<StoredAlert, 'subject'>;

/** An alert that may make room. */
interface Giver {
  readonly key: string;
  readonly size: number;
  readonly readiness: GivingOrder;
  readonly changedAtMs: number;
}

/** What makes room first is the least. For anything in trouble that is what is over, for what is critical any. */
const READINESS = { over: 0, overUntold: 1, idle: 2, told: 3 } as const;
type GivingOrder = (typeof READINESS)[keyof typeof READINESS];

/**
 * Which of what is newly in trouble gets an alert, where there are too many: the worst. What was resolved makes room for
 * it, whoever isn't told of that yet; and for what is critical warnings do, and what nothing is known of: first those of
 * which nobody was told, or is to be.
 */
export function makeRoom(
  alerts: ReadonlyMap<string, StoredAlert>,
  fresh: ReadonlyMap<string, IllSubject>,
): Room {
  if (fresh.size === 0) return { kept: fresh, displaced: [], droppedCount: 0 };
  const pools = [
    poolOf(
      alerts,
      fresh,
      (one) => isStream(one) && !hasLongName(one),
      () => 1,
      MAX_ALERTS,
    ),
    poolOf(alerts, fresh, hasLongName, nameLength, MAX_LONG_NAMES_LENGTH),
  ];
  const rooms = pools.map(roomIn);
  const fitting = new Set(rooms.flatMap(({ kept }) => Array.from(kept, ([key]) => key)));
  return {
    kept: [...fresh].filter(([key, one]) => !isStream(one) || fitting.has(key)),
    displaced: rooms.flatMap(({ displaced }) => displaced),
    droppedCount: rooms.reduce((count, { droppedCount }) => count + droppedCount, 0),
  };
}

function poolOf(
  alerts: ReadonlyMap<string, StoredAlert>,
  fresh: ReadonlyMap<string, IllSubject>,
  isPart: (one: OfSubject) => boolean,
  sizeOf: (one: OfSubject) => number,
  maxSize: number,
): Pool {
  return {
    held: [...alerts].filter(([, one]) => isPart(one)),
    fresh: [...fresh].filter(([, one]) => isPart(one)),
    sizeOf,
    maxSize,
  };
}

function roomIn({ held, fresh, sizeOf, maxSize }: Pool): Room {
  const sum = (ones: readonly (readonly [string, OfSubject])[]): number =>
    ones.reduce((size, [, one]) => size + sizeOf(one), 0);
  let free = maxSize - sum(held);
  if (sum(fresh) <= free) return { kept: fresh, displaced: [], droppedCount: 0 };
  const givers = held.flatMap(([key, alert]): Giver[] => {
    const readiness = readinessOf(alert);
    return readiness === null
      ? []
      : [{ key, size: sizeOf(alert), readiness, changedAtMs: alert.changedAtMs }];
  });
  givers.sort((one, other) => one.readiness - other.readiness || one.changedAtMs - other.changedAtMs);
  const isOver = ({ readiness }: Giver): boolean => readiness <= READINESS.overUntold;
  const sizeIn = (some: readonly Giver[]): number => some.reduce((size, giver) => size + giver.size, 0);
  const left = { over: sizeIn(givers.filter(isOver)), all: sizeIn(givers) };
  const [kept, given]: [(readonly [string, IllSubject])[], Giver[]] = [[], []];
  for (const one of [...fresh].sort(([, some], [, other]) => rankOf(some) - rankOf(other))) {
    const size = sizeOf(one[1]);
    if (free + (isCritical(one[1]) ? left.all : left.over) < size) continue;
    while (free < size) {
      const giver = givers[given.length];
      if (giver === undefined) break;
      given.push(giver);
      free += giver.size;
      left.all -= giver.size;
      if (isOver(giver)) left.over -= giver.size;
    }
    kept.push(one);
    free -= size;
  }
  const lost = given.filter(({ readiness }) => readiness !== READINESS.over);
  return {
    kept,
    displaced: given.map(({ key }) => key),
    droppedCount: fresh.length - kept.length + lost.length,
  };
}

/** How readily an alert makes room; `null` = for nothing. */
function readinessOf(alert: StoredAlert): GivingOrder | null {
  if (alert.state === 'resolved') return isToldInFull(alert) ? READINESS.over : READINESS.overUntold;
  const isIdle = isToldInFull(alert);
  if (alert.severity === 'warning') return isIdle ? READINESS.idle : READINESS.told;
  return alert.state === 'unknown' && isIdle ? READINESS.idle : null;
}

/** The less, the worse. */
function rankOf(ill: IllSubject): number {
  return isCritical(ill) ? 0 : 1;
}

function isCritical({ reasons }: IllSubject): boolean {
  return reasons.some(({ severity }) => severity === 'critical');
}

function isStream({ subject }: OfSubject): boolean {
  return subject.kind === 'stream';
}

function hasLongName(one: OfSubject): boolean {
  return nameLength(one) > LONG_NAME_LENGTH;
}

function nameLength({ subject }: OfSubject): number {
  return subject.kind === 'stream' ? subject.stream.length : 0;
}
