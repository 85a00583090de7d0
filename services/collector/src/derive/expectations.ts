import type { Moment, Schedule } from '@mediamtx-monitor/runtime';
import type { PathFact } from '../facts.ts';
import type { OpenedAt, StreamMemory } from './memory.ts';
import { isOnAir } from './states.ts';

/** Streams that have to be live, as MONITOR_CONFIG says. */
export interface Expectation {
  /** A name or a glob; what it stands for is also the name of the record that nothing else carries. */
  readonly match: string;
  readonly isName: boolean;
  /** How long they may be not live. */
  readonly forMs: number;
  /** How many of those that match have to be; `null` = each that has to be. */
  readonly atLeast: number | null;
  /** When they have to be; `null` = always. */
  readonly schedule: Schedule | null;
}

/** What is expected, and which of it a name belongs to. */
export interface Expectations {
  readonly all: readonly Expectation[];
  /** Places in `all`, by a stream's name. */
  readonly of: (stream: string) => readonly number[];
}

/** Nothing is expected. */
export const NO_EXPECTATIONS: Expectations = { all: [], of: () => [] };

/** An expectation of a stream that holds now. */
export interface Due {
  /** Since when. */
  readonly openedAt: Moment;
  readonly forMs: number;
}

/** Who is expected in one tick. */
export interface ExpectedNow {
  readonly openedAt: OpenedAt;
  /**
   * Why a stream is expected; empty = it isn't.
   * @param lastLiveAtMs monotonic time at which it was last seen live
   */
  readonly of: (stream: string, lastLiveAtMs: number | null) => readonly Due[];
  /** Whether a stream has hours of its own, and it is outside all of them. */
  readonly isOutside: (stream: string) => boolean;
  /** Those that are expected whether they are listed or not. */
  readonly names: readonly string[];
}

/** A glob expects those that were live within this. */
export const GLOB_EXPECTS_MS = 86_400_000;

const NOT_EXPECTED: readonly Due[] = [];
const NOBODY: ReadonlySet<string> = new Set();
/** Since when what has no hours is expected: also from before this collector started. */
const ALWAYS: Moment = { wallMs: -Infinity, monotonicMs: -Infinity };

/** What an expectation is counted by. */
export interface SeenStreams {
  readonly facts: readonly PathFact[];
  readonly before: ReadonlyMap<string, StreamMemory>;
  readonly now: Moment;
}

/** Those that were live last come first, those that never were last. */
const byLastLive = (a: readonly [string, number], b: readonly [string, number]): number =>
  b[1] - a[1] || (a[0] < b[0] ? -1 : 1);

/**
 * Who has to be live so that enough are: those that are, where there aren't more than enough; then those that were live
 * last; and where too few are known, what matches stands for the others.
 */
function thoseNeeded(
  { match, atLeast }: Expectation & { readonly atLeast: number },
  belongs: (stream: string) => boolean,
  { facts, before, now }: SeenStreams,
): ReadonlySet<string> {
  const listed = facts.filter(({ name }) => belongs(name));
  const live = listed.filter(isOnAir).map(({ name }) => name);
  if (live.length > atLeast) return NOBODY;
  const lastLiveAtMs = (name: string): number => before.get(name)?.lastLiveAt?.monotonicMs ?? -Infinity;
  const candidates = listed
    .filter((path) => !isOnAir(path))
    .map(({ name }): [string, number] => [name, lastLiveAtMs(name)]);
  const known = new Set(listed.map(({ name }) => name));
  for (const [name, { lastLiveAt }] of before) {
    if (lastLiveAt === null || known.has(name) || !belongs(name)) continue;
    if (now.monotonicMs - lastLiveAt.monotonicMs <= GLOB_EXPECTS_MS)
      candidates.push([name, lastLiveAt.monotonicMs]);
  }
  const missing = candidates.sort(byLastLive).slice(0, atLeast - live.length);
  const needed = new Set([...live, ...missing.map(([name]) => name)]);
  return needed.size < atLeast ? needed.add(match) : needed;
}

/** Who is expected now. Pure. */
export function expectedNow(
  { all, of }: Expectations,
  openedBefore: OpenedAt,
  seen: SeenStreams,
): ExpectedNow {
  const { now } = seen;
  const openedAt = all.map(({ schedule }, index) =>
    schedule === null || schedule(now.wallMs) ? (openedBefore[index] ?? now) : null,
  );
  const isOpen = (index: number): boolean => openedAt[index] !== null;
  const needed = all.map((expectation, index) => {
    const { atLeast } = expectation;
    if (atLeast === null || !isOpen(index)) return NOBODY;
    return thoseNeeded({ ...expectation, atLeast }, (stream) => of(stream).includes(index), seen);
  });
  const applies = (index: number, stream: string, lastLiveAtMs: number | null): boolean => {
    const expectation = all[index];
    if (expectation?.isName === true) return true;
    if (expectation?.atLeast !== null) return needed[index]?.has(stream) ?? false;
    return lastLiveAtMs !== null && now.monotonicMs - lastLiveAtMs <= GLOB_EXPECTS_MS;
  };
  return {
    openedAt,
    of: (stream, lastLiveAtMs) => {
      const entries = of(stream);
      if (entries.length === 0) return NOT_EXPECTED;
      return entries.flatMap((index) => {
        const opened = openedAt[index] ?? null;
        if (opened === null || !applies(index, stream, lastLiveAtMs)) return NOT_EXPECTED;
        const { schedule = null, forMs = 0 } = all[index] ?? {};
        return [{ openedAt: schedule === null ? ALWAYS : opened, forMs }];
      });
    },
    isOutside: (stream) => {
      const entries = of(stream);
      return entries.length > 0 && !entries.some(isOpen);
    },
    names: all.flatMap(({ match, isName }, index) =>
      isOpen(index) && (isName || needed[index]?.has(match) === true) ? [match] : [],
    ),
  };
}
