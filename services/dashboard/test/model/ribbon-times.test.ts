import { describe, expect, test } from '@jest/globals';
import { outagesOf, timedGradient, timedPieces, withOutages } from '../../src/model/ribbon-times.ts';
import { storiesOf } from '../../src/model/stories.ts';
import { happened, second } from '../support/happened.ts';

const at = (seconds: number): number => Date.parse(second(seconds));
const CAM = { server: 'main', name: 'cam' };

test('nothing is said of what is still to come', () => {
  const answer = { from: second(0), stepSeconds: 1_800 };
  const pieces = [
    { kind: 'live', first: 0, last: 1 },
    { kind: 'off', first: 1, last: 3 },
    { kind: 'unknown', first: 3, last: 4 },
  ] as const;
  const known = timedPieces(pieces, answer, at(1_860));
  expect(known).toStrictEqual([
    { kind: 'live', fromMs: at(0), toMs: at(1_800) },
    { kind: 'off', fromMs: at(1_800), toMs: at(1_860) },
  ]);
  expect(timedGradient(known, { fromMs: at(0), toMs: at(2_000) })).toBe(
    'linear-gradient(90deg, var(--ribbon-live) 0% 90%, var(--ribbon-off) 90% 93%)',
  );
});

describe('an outage stands as it is told', () => {
  const stories = storiesOf([
    happened('stream.stalled', 22, { stream: 'cam', since: second(16), severity: 'critical' }),
    happened('stream.offline', 24, { stream: 'cam', severity: 'critical' }),
    happened('stream.online', 66, { stream: 'cam', since: second(64) }),
  ]);
  const outages = outagesOf(stories, CAM, at(900));
  const steps = (...kinds: readonly (readonly ['live' | 'stalled' | 'off' | 'unknown', number, number])[]) =>
    kinds.map(([kind, from, to]) => ({ kind, fromMs: at(from), toMs: at(to) }));

  test('where states were seen later', () => {
    expect(outages).toStrictEqual(steps(['stalled', 16, 64]));
    expect(
      withOutages(steps(['live', 0, 22], ['stalled', 22, 24], ['off', 24, 66], ['live', 66, 90]), outages, 2),
    ).toStrictEqual(steps(['live', 0, 16], ['stalled', 16, 24], ['off', 24, 64], ['live', 64, 90]));
  });

  test('where a step is long; but not where it says how it was at worst', () => {
    const coarse = steps(['live', -60, 0], ['off', 0, 90], ['live', 90, 120]);
    expect(withOutages(coarse, outages, 30)).toStrictEqual(
      steps(['live', -60, 16], ['off', 16, 64], ['live', 64, 120]),
    );
    expect(withOutages(coarse, outages, 300)).toBe(coarse);
  });

  test('and what nobody knows stays so', () => {
    const gap = steps(['unknown', 0, 90]);
    expect(withOutages(gap, outages, 2)).toStrictEqual(gap);
    expect(outagesOf(stories, { server: 'other', name: 'cam' }, at(900))).toStrictEqual([]);
  });
});
