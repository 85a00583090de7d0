import { expect, test } from '@jest/globals';
import type { StreamsQuery } from '@mediamtx-monitor/client';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { type FoundStreams, MAX_FOUND, searchFleet } from '../../src/data/fleet-search.ts';
import { stream } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

/** A search whose answers come when the test says so. */
function start(answers: readonly (readonly StreamRecord[] | Error)[]) {
  const timers = testTimers();
  const asked: StreamsQuery[] = [];
  const told: (FoundStreams | null)[] = [];
  const stop = searchFleet(
    { search: 'cam', label: ['site:north'] },
    {
      api: {
        streams: (query = {}) => {
          const answer = answers[asked.length] ?? [];
          asked.push(query);
          return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
        },
      },
      after: timers.after,
      now: () => 0,
      onAnswer: (found) => told.push(found),
    },
  );
  const pass = async (ms: number): Promise<void> => {
    timers.pass(ms);
    await new Promise(setImmediate);
  };
  return { asked, told, stop, pass };
}

test('it asks once nobody types any more, and then again and again', async () => {
  const { asked, told, pass } = start([[stream()], [stream(), stream({ name: 'b' })]]);
  await pass(299);
  expect(asked).toStrictEqual([]);
  await pass(1);
  expect(asked).toStrictEqual([{ search: 'cam', label: ['site:north'], limit: MAX_FOUND + 1 }]);
  await pass(5_000);
  expect(told.map((found) => found?.streams.length)).toStrictEqual([1, 2]);
  expect(told[0]).toStrictEqual({ at: '1970-01-01T00:00:00.000Z', streams: [stream()], isCut: false });
});

test('of too many it keeps the first, and says that there are more', async () => {
  const many = Array.from({ length: MAX_FOUND + 1 }, (_, index) => stream({ name: `cam${index}` }));
  const { told, pass } = start([many]);
  await pass(300);
  expect([told[0]?.streams.length, told[0]?.isCut]).toStrictEqual([MAX_FOUND, true]);
});

test('without an answer it says so, and goes on', async () => {
  const { told, pass } = start([new Error('away'), [stream()]]);
  await pass(300);
  expect(told).toStrictEqual([null]);
  await pass(5_000);
  expect(told).toHaveLength(2);
});

test('what comes after its end is passed over', async () => {
  const { asked, told, stop, pass } = start([[stream()]]);
  await pass(300);
  stop();
  await pass(60_000);
  expect([asked.length, told.length]).toStrictEqual([1, 1]);
  const second = start([[stream()]]);
  second.stop();
  await second.pass(300);
  expect(second.asked).toStrictEqual([]);
});
