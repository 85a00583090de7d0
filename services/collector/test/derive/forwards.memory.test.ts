import { describe, expect, test } from '@jest/globals';
import {
  boundedForwards,
  failingForwards,
  forwardedMbps,
  forwardError,
  nextForwards,
} from '../../src/derive/forwards.ts';
import type { ForwardMemory, ForwardsMemory, StreamMemory } from '../../src/derive/memory.ts';
import type { ForwardFact } from '../../src/facts.ts';
import { forwardFact, pathFact, ticker } from './facts.ts';

const fact = (fields: Partial<ForwardFact> = {}): ForwardFact =>
  forwardFact({ outboundBytes: null, ...fields });
const answered = (
  before: ForwardsMemory | null,
  atMs: number,
  fields: Partial<ForwardFact> = {},
  isLive = true,
) => nextForwards(before, { fact: [fact(fields)], receivedAtMs: atMs }, isLive, atMs);
const FAILED = { state: 'error', error: 'EOF' } as const;

describe('a forward', () => {
  test.each<[boolean, string | null, string | null, number]>([
    [true, 'error', 'EOF', 1],
    [true, 'error', null, 1],
    [true, 'forwarding', 'EOF', 1],
    [true, null, 'EOF', 1],
    [true, 'forwarding', null, 0],
    [true, null, null, 0],
    [true, 'idle', 'EOF', 0],
    [false, 'error', 'EOF', 0],
    [false, 'forwarding', 'EOF', 0],
  ])('of a stream that is live: %p, in state %p with error %p: %p fail', (isLive, state, error, failing) => {
    const memory = answered(null, 5_000, { state, error }, isLive);
    expect(memory.forwards?.filter(({ isFailing }) => isFailing)).toHaveLength(failing);
    expect(forwardError(memory)).toBe(failing === 0 ? null : error);
  });

  test('that was never seen failing is remembered with nothing of that', () => {
    expect(answered(null, 5_000)).toStrictEqual({
      forwards: [
        {
          fact: fact(),
          sample: null,
          outboundMbps: null,
          isFailing: false,
          failedAtMs: 5_000,
          error: null,
        },
      ],
      answeredAtMs: 5_000,
      isOutdated: false,
    });
  });

  test('keeps what was said when it failed while it fails without a word', () => {
    const failed = answered(null, 0, FAILED);
    expect(forwardError(answered(failed, 2_000, { state: 'error' }))).toBe('EOF');
    expect(forwardError(answered(failed, 2_000, { state: 'error', error: 'refused' }))).toBe('refused');
    expect(answered(null, 0, { state: 'error' }).forwards?.[0]?.error).toBeNull();
  });

  test('whose bytes aren’t told fails for a minute more, also where they were before', () => {
    for (const outboundBytes of [null, 5]) {
      const failed = answered(null, 0, { ...FAILED, outboundBytes });
      expect(failingForwards(answered(failed, 60_000), true)).toBe(1);
      expect(failingForwards(answered(failed, 60_001), true)).toBe(0);
    }
  });

  test('has a rate with three decimals', () => {
    const first = answered(null, 0, { outboundBytes: 0 });
    const second = answered(first, 2_000, { outboundBytes: 1_234_567 });
    expect(second.forwards?.[0]?.outboundMbps).toBe(4.938);
    expect(forwardedMbps(second, true, 2_000)).toBe(4.938);
    expect(forwardedMbps(first, true, 2_000)).toBe(0);
  });

  test('isn’t known to fail once nothing was answered for more than eleven minutes, nor after the next answer', () => {
    const failed = answered(null, 0, FAILED);
    expect(nextForwards(failed, undefined, true, 660_000)).toBe(failed);
    const outdated = nextForwards(failed, undefined, true, 660_001);
    expect(failingForwards(outdated, true)).toBe(0);
    expect(failingForwards(answered(outdated, 662_000), true)).toBe(0);
  });
});

test('what is said is said of the first that fails and says anything', () => {
  const forward = (isFailing: boolean, error: string | null): ForwardMemory => ({
    fact: fact(),
    sample: null,
    outboundMbps: null,
    isFailing,
    failedAtMs: 0,
    error,
  });
  const errorOf = (...forwards: ForwardMemory[]) =>
    forwardError({ forwards, answeredAtMs: 0, isOutdated: false });
  expect(errorOf(forward(false, 'old'), forward(true, null), forward(true, 'a'), forward(true, 'b'))).toBe(
    'a',
  );
  expect(errorOf(forward(false, 'old'), forward(true, null))).toBeNull();
  expect(errorOf()).toBeNull();
  expect(forwardError({ forwards: null, answeredAtMs: 0, isOutdated: false })).toBeNull();
});

describe('5,000 forwards of a server are remembered', () => {
  const { path, memory } = ticker();
  path(pathFact());
  const cam = memory().streams.get('cam');
  if (cam === undefined) throw new Error('nothing remembered');
  /** A stream with so many forwards, answered then. */
  const stream = (count: number, answeredAtMs: number) => {
    const [forward] = answered(null, 0).forwards ?? [];
    const forwards = forward === undefined ? [] : Array.from({ length: count }, () => forward);
    return { ...cam, forwards: { forwards, answeredAtMs, isOutdated: true } };
  };
  const answers = (counts: Readonly<Record<string, number>>) =>
    new Map(
      Object.entries(counts).map(([name, length]) => [
        name,
        { fact: Array.from({ length }, () => fact()), receivedAtMs: 0 },
      ]),
    );

  test('all of them as long as there is room', () => {
    const full = new Map<string, StreamMemory>([
      ['a', stream(2_500, 1)],
      ['b', stream(2_499, 2)],
      ['none', stream(0, 0)],
      ['unknown', { ...cam, forwards: null }],
    ]);
    expect(boundedForwards(full, answers({ c: 1 }))).toBe(full);
  });

  test('but for those that were answered the longest ago, where there are too many', () => {
    const full = new Map<string, StreamMemory>([
      ['a', stream(2_500, 1)],
      ['one', stream(1, 0)],
      ['b', stream(2_499, 2)],
      ['none', stream(0, 0)],
      ['unknown', { ...cam, forwards: null }],
      ['c', stream(9_000, 0)],
    ]);
    const bounded = boundedForwards(full, answers({ c: 1 }));
    expect([...bounded].filter(([name, one]) => one !== full.get(name)).map(([name]) => name)).toStrictEqual([
      'one',
    ]);
    expect(bounded.get('one')).toStrictEqual({
      ...cam,
      forwards: { forwards: null, answeredAtMs: 0, isOutdated: false },
    });
  });
});
