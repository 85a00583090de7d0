import { describe, expect, test } from '@jest/globals';
import { reportData } from '../../src/start/report-data.ts';
import type { StartVerdict } from '../../src/start/verdict.ts';

const FLOWING: StartVerdict = { kind: 'flowing', streams: 3, simulated: false };
const DOWN: StartVerdict = { kind: 'source', status: 'down', error: 'It is off.' };
const WAITING: StartVerdict = { kind: 'waiting', why: 'collector' };

/** Says what a report of these verdicts says; each look takes `lookMs` of the given patience of 1,000 ms. */
async function saidOf(
  verdicts: readonly StartVerdict[],
  lookMs: number,
  signal = new AbortController().signal,
) {
  const said: string[] = [];
  let looks = 0;
  await reportData({
    look: () => Promise.resolve(verdicts[Math.min(looks++, verdicts.length - 1)] ?? FLOWING),
    say: (line) => said.push(line),
    welcome: ['welcome'],
    signal,
    patienceMs: 1_000,
    monotonicMs: () => looks * lookMs,
  });
  return said;
}

describe('reportData', () => {
  test('data that come soon are told, and nothing else', async () => {
    expect(await saidOf([WAITING, WAITING, FLOWING], 100)).toStrictEqual([
      'welcome',
      'Data is flowing: 3 streams.',
    ]);
  });

  test('a MediaMTX that is down is told at once and once, and then that data flow', async () => {
    expect(await saidOf([WAITING, DOWN, DOWN, FLOWING], 100)).toStrictEqual([
      'welcome',
      expect.stringContaining('It is off.'),
      'Data is flowing: 3 streams.',
    ]);
  });

  test('waiting is told when it takes too long', async () => {
    expect(await saidOf([WAITING, WAITING, FLOWING], 600)).toStrictEqual([
      'welcome',
      expect.stringContaining('the collector has stored nothing'),
      'Data is flowing: 3 streams.',
    ]);
  });

  test('an API that wants a token is told at once, and not looked at again', async () => {
    expect(await saidOf([WAITING, { kind: 'guarded' }, FLOWING], 100)).toStrictEqual([
      'welcome',
      expect.stringMatching(/only who brings a token .*make token NAME=me/),
    ]);
  });

  test('ends silently when the start does', async () => {
    expect(await saidOf([DOWN], 100, AbortSignal.abort())).toStrictEqual([]);
  });
});
