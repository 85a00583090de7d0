import { describe, expect, test } from '@jest/globals';
import type { LeaseSeen } from '@mediamtx-monitor/runtime';
import type { Announcement } from '../../src/sharing/announcement.ts';
import {
  conflictsOf,
  decide,
  firstPollOf,
  isClaimedElsewhere,
  type LeaseSight,
  nextSight,
  type ServerView,
} from '../../src/sharing/decide.ts';
import { inOrderFor } from '../../src/sharing/rendezvous.ts';

const INTERVAL_MS = 2_000;
const NOW_MS = 100_000;

const seen = (epoch: number, seq: number, more: Partial<LeaseSeen> = {}): LeaseSeen => ({
  mark: `${epoch} ${seq}`,
  number: { epoch, seq },
  isHeld: epoch > 0,
  isReleased: false,
  intervalMs: epoch > 0 ? INTERVAL_MS : 0,
  ...more,
});
const NONE = seen(0, 0);
const RELEASED = seen(7, 3, { isReleased: true });

/** What was seen at these moments, in order. */
function sightOf(...looks: readonly (readonly [LeaseSeen, number])[]): LeaseSight {
  let sight: LeaseSight | null = null;
  for (const [look, atMs] of looks) sight = nextSight(sight, look, atMs, INTERVAL_MS);
  if (sight === null) throw new Error('no look');
  return sight;
}
/** Looks twice a second that find the same from then to then. */
const looks = (look: LeaseSeen, fromMs: number, toMs: number): (readonly [LeaseSeen, number])[] =>
  Array.from({ length: (toMs - fromMs) / 500 + 1 }, (_, n) => [look, fromMs + n * 500] as const);

const collector = (id: string, more: Partial<Announcement> = {}): Announcement => ({
  id,
  host: `host-${id}`,
  startedMs: 0,
  servers: new Map([['main', 'aaaa']]),
  yields: new Set(),
  ...more,
});
const view = (more: Partial<ServerView> = {}): ServerView => ({
  server: 'main',
  fingerprint: 'aaaa',
  intervalMs: INTERVAL_MS,
  heldSinceMs: null,
  sight: null,
  conflictMs: null,
  ...more,
});
/** Two ids, of which the first should have `main`. */
const [PREFERRED = '', OTHER = ''] = inOrderFor('main', ['one', 'two']);

describe('a sight', () => {
  test('lasts as long as the same is seen again and again', () => {
    expect(sightOf(...looks(seen(7, 3), 0, 5_000))).toMatchObject({
      sinceMs: 0,
      lookedMs: 5_000,
      isFirst: true,
    });
    expect(sightOf([seen(7, 3), 0], [seen(7, 4), 500], [seen(7, 4), 1_000])).toMatchObject({
      sinceMs: 500,
      tickSinceMs: 500,
      isFirst: false,
    });
  });

  test('begins anew after time in which nobody looked', () => {
    expect(sightOf([seen(7, 3), 0], [seen(7, 3), INTERVAL_MS])).toMatchObject({ sinceMs: 0 });
    expect(sightOf([seen(7, 3), 0], [seen(7, 3), INTERVAL_MS + 1])).toMatchObject({
      sinceMs: INTERVAL_MS + 1,
    });
  });

  test('of one that is given up begins anew, and its tick stays as old as it is', () => {
    expect(sightOf([seen(7, 2), 0], [seen(7, 3), 500], [RELEASED, 1_000])).toMatchObject({
      sinceMs: 1_000,
      tickSinceMs: 500,
    });
  });
});

describe('who is alone', () => {
  const decisionOn = (sight: LeaseSight | null, more: Partial<ServerView> = {}) =>
    decide(view({ sight, ...more }), 'one', [], NOW_MS);

  test('takes at once what nobody ever had, or what was given up', () => {
    expect(decisionOn(null)).toBe('stay');
    expect(decisionOn(sightOf([NONE, NOW_MS]))).toBe('take');
    expect(decisionOn(sightOf([RELEASED, NOW_MS]))).toBe('take');
  });

  test('takes what somebody has after two silent intervals, those of the one who has it', () => {
    const until = (lastMs: number, more?: Partial<LeaseSeen>) =>
      decide(view({ sight: sightOf(...looks(seen(7, 3, more), 0, lastMs)) }), 'one', [], lastMs);
    expect(until(3_500)).toBe('stay');
    expect(until(4_000)).toBe('take');
    expect(until(9_500, { intervalMs: 5_000 })).toBe('stay');
    expect(until(10_000, { intervalMs: 5_000 })).toBe('take');
    expect(until(3_500, { intervalMs: 1_000 })).toBe('stay');
    expect(until(119_500, { intervalMs: 1e15 })).toBe('stay');
    expect(until(120_000, { intervalMs: 1e15 })).toBe('take');
  });

  test('waits as long where a head is gone that was there: whoever has it writes it again', () => {
    const gone = (lastMs: number) =>
      decide(view({ sight: sightOf([seen(7, 3), 0], ...looks(NONE, 500, lastMs)) }), 'one', [], lastMs);
    expect(gone(4_000)).toBe('stay');
    expect(gone(4_500)).toBe('take');
  });

  test('keeps what it has', () => {
    expect(decisionOn(null, { heldSinceMs: 0 })).toBe('stay');
  });
});

describe('of two', () => {
  const other = (id: string) => [collector(id)];

  test('the one that should have it takes it, the other waits an interval longer', () => {
    const sight = sightOf(...looks(RELEASED, 0, 2_000));
    expect(decide(view({ sight }), PREFERRED, other(OTHER), 0)).toBe('take');
    expect(decide(view({ sight }), OTHER, other(PREFERRED), 1_500)).toBe('stay');
    expect(decide(view({ sight }), OTHER, other(PREFERRED), 2_000)).toBe('take');
  });

  test('the one that has it gives it to the one that should, once it has had it for 5 s', () => {
    const held = view({ heldSinceMs: NOW_MS });
    expect(decide(held, OTHER, other(PREFERRED), NOW_MS + 4_999)).toBe('stay');
    expect(decide(held, OTHER, other(PREFERRED), NOW_MS + 5_000)).toBe('give');
    expect(decide(held, PREFERRED, other(OTHER), NOW_MS + 5_000)).toBe('stay');
  });

  test('only those count that mean the same MediaMTX', () => {
    const elsewhere = [collector(PREFERRED, { servers: new Map([['main', 'bbbb']]) })];
    const held = view({ heldSinceMs: 0 });
    expect(decide(held, OTHER, elsewhere, NOW_MS)).toBe('stay');
    expect(decide(held, OTHER, [collector(PREFERRED, { servers: new Map() })], NOW_MS)).toBe('stay');
    expect(conflictsOf(view(), elsewhere)).toStrictEqual(elsewhere);
    expect(conflictsOf(view(), other(PREFERRED))).toStrictEqual([]);
  });
});

test('what an older collector names under another address is left alone until that has been gone for a minute', () => {
  const sight = sightOf([NONE, NOW_MS]);
  expect(decide(view({ sight, conflictMs: NOW_MS - 59_999 }), 'one', [], NOW_MS)).toBe('stay');
  expect(decide(view({ sight, conflictMs: NOW_MS - 60_000 }), 'one', [], NOW_MS)).toBe('take');
  // Who has it already keeps it.
  expect(decide(view({ heldSinceMs: 0, conflictMs: NOW_MS }), 'one', [], NOW_MS)).toBe('stay');
});

test('of two that mean another MediaMTX by the same id the older comes first, unless it leaves the server to others', () => {
  const meant = (more: Partial<Announcement>) =>
    collector('b', { servers: new Map([['main', 'bbbb']]), startedMs: 5, ...more });
  const isClaimed = (other: Announcement, { startedMs = 7, isYielded = false } = {}) =>
    isClaimedElsewhere(view(), { own: collector('c', { startedMs }), others: [other] }, isYielded);
  expect(isClaimed(meant({}))).toBe(true);
  expect(isClaimed(meant({ yields: new Set(['main']) }))).toBe(false);
  expect(isClaimed(meant({}), { startedMs: 5 })).toBe(true);
  expect(isClaimed(meant({ id: 'd' }), { startedMs: 5 })).toBe(false);
  expect(isClaimed(meant({}), { startedMs: 3 })).toBe(false);
  // Who has left it to others doesn't come back while one of them lives.
  expect(isClaimed(meant({}), { startedMs: 3, isYielded: true })).toBe(true);
  expect(isClaimed(collector('b'), { isYielded: true })).toBe(false);
});

test('one that was given up right after its tick is polled when its next one is due, any other now', () => {
  const handed = sightOf([seen(7, 2), 0], [seen(7, 3), 500], [RELEASED, 1_000]);
  expect(firstPollOf(handed, INTERVAL_MS, 1_000)).toBe('slot');
  expect(firstPollOf(handed, INTERVAL_MS, 2_500)).toBe('now');
  expect(firstPollOf(sightOf([RELEASED, 0]), INTERVAL_MS, 0)).toBe('now');
  expect(firstPollOf(sightOf(...looks(seen(7, 3), 0, 4_000)), INTERVAL_MS, 4_000)).toBe('now');
});
