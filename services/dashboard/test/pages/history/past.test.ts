import { describe, expect, test } from '@jest/globals';
import type { HistoryRequest } from '@mediamtx-monitor/client';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { followPast, type KnownPast, type PastTime } from '../../../src/pages/history/past.ts';
import { type TestTimers, testTimers } from '../../support/timers.ts';

const NOW = Date.parse('2026-11-30T14:00:00Z');
const DAY = 86_400_000;
const STEP_MS = 300_000;
const CAM = { kind: 'stream', server: 'main', name: 'cam' } as const;

/** An API that knows each step by its number since 1970, and what it was asked. */
function startPast(time: PastTime) {
  const timers: TestTimers = testTimers();
  const asked: HistoryRequest[] = [];
  const told: KnownPast[] = [];
  const world = { nowMs: NOW, fails: false, stepSeconds: 300 };
  const stop = followPast(CAM, time, {
    after: timers.after,
    now: () => world.nowMs,
    tell: (known) => told.push(known),
    api: {
      history: (request) => {
        asked.push(request);
        if (world.fails) return Promise.reject(new Error('away'));
        return Promise.resolve(answerTo({ ...request, stepSeconds: world.stepSeconds }, world.nowMs));
      },
    },
  });
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  const pass = async (ms: number): Promise<void> => {
    world.nowMs += ms;
    timers.pass(ms);
    await settle();
  };
  return { asked, told, stop, pass, settle, world };
}

function answerTo({ from = '', to, stepSeconds = 300 }: HistoryRequest, nowMs: number): HistoryAnswer {
  const stepMs = stepSeconds * 1_000;
  const first = Math.floor(Date.parse(from) / stepMs);
  const last = Math.ceil((to === undefined ? nowMs : Date.parse(to)) / stepMs);
  const steps = Array.from({ length: last - first }, (_, step) => first + step);
  return {
    from: new Date(first * stepMs).toISOString(),
    to: new Date(last * stepMs).toISOString(),
    stepSeconds,
    fields: { readers: { mean: steps } },
  };
}

const OPEN: PastTime = { span: { fromMs: NOW - DAY, toMs: NOW }, isOpen: true };

describe('what goes on', () => {
  test('is asked for whole once, then for its newest part with each step', async () => {
    const { asked, told, pass, settle } = startPast(OPEN);
    await settle();
    expect(asked).toStrictEqual([
      { stream: 'cam', server: 'main', from: '2026-11-29T14:00:00.000Z', stepSeconds: 300 },
    ]);
    await pass(STEP_MS);
    expect(asked[1]).toMatchObject({ from: '2026-11-30T13:50:00.000Z', stepSeconds: 300 });
    expect(told.at(-1)?.answer).toStrictEqual(
      answerTo({ from: new Date(NOW + STEP_MS - DAY).toISOString() }, NOW + STEP_MS),
    );
  });

  test('stays when the API is away, and goes on where it ended when that is back', async () => {
    const { told, pass, settle, world } = startPast(OPEN);
    await settle();
    world.fails = true;
    await pass(STEP_MS);
    expect(told.at(-1)).toMatchObject({ error: new Error('away') });
    expect(told.at(-1)?.answer).toStrictEqual(told[0]?.answer);
    world.fails = false;
    world.nowMs += 2 * DAY;
    await pass(30_000);
    const fromMs = Math.ceil(world.nowMs / STEP_MS) * STEP_MS - DAY;
    expect(told.at(-1)).toStrictEqual({
      answer: answerTo({ from: new Date(fromMs).toISOString() }, world.nowMs),
      error: undefined,
    });
  });

  test('is asked for whole again where it comes in other steps', async () => {
    const { asked, told, pass, settle, world } = startPast(OPEN);
    await settle();
    world.stepSeconds = 600;
    await pass(STEP_MS);
    expect(asked.map(({ from }) => from)).toStrictEqual([
      '2026-11-29T14:00:00.000Z',
      '2026-11-30T13:50:00.000Z',
      '2026-11-29T14:05:00.000Z',
    ]);
    expect(told.at(-1)?.answer?.stepSeconds).toBe(600);
  });

  test('is asked for no more once nobody looks', async () => {
    const { asked, told, stop, pass } = startPast(OPEN);
    stop();
    await pass(DAY);
    expect(asked).toHaveLength(1);
    expect(told).toStrictEqual([]);
  });
});

test('what is over is asked for once, with its end', async () => {
  const span = { fromMs: NOW - 2 * DAY, toMs: NOW - DAY };
  const { asked, pass, settle } = startPast({ span, isOpen: false });
  await settle();
  await pass(DAY);
  expect(asked).toStrictEqual([
    {
      stream: 'cam',
      server: 'main',
      from: '2026-11-28T14:00:00.000Z',
      to: '2026-11-29T14:00:00.000Z',
      stepSeconds: 300,
    },
  ]);
});
