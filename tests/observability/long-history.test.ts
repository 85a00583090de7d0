import { describe, expect, test } from '@jest/globals';
import { systemClock } from '@mediamtx-monitor/runtime';
import { createLogRecorder, prometheusTest } from '@mediamtx-monitor/testkit';
import type { HistoryAnswer } from '@mediamtx-monitor/types';
import { Engine } from '../../services/api/src/history/engine.ts';
import { EngineHistory } from '../../services/api/src/history/engine-history.ts';
import type { HistoryQuestion, HistorySource } from '../../services/api/src/http/history.ts';
import { type EngineProgram, startFilled } from './support/engines.ts';

const EVERY_SECONDS = 60;
const [HOUR, DAY] = [3_600, 86_400];
const DAYS = 30;
/** Half an hour from noon on nothing comes. */
const DROP = { from: 12 * HOUR, seconds: HOUR / 2 };
const BYTES_PER_SECOND = 500_000;

/** What was counted since midnight, so many seconds after it. */
const countedAt = (second: number): number =>
  (second - Math.min(DROP.seconds, Math.max(0, second - DROP.from))) * BYTES_PER_SECOND;

/** A month of a stream with 4 Mbit/s that drops each day, and begins anew at midnight. */
function monthOf(fromSeconds: number): readonly string[] {
  const scrapes = Array.from({ length: (DAYS * DAY) / EVERY_SECONDS }, (_, scrape) => scrape);
  const labels = 'server="main",stream="cam"';
  return scrapes.flatMap((scrape) => {
    const at = fromSeconds + scrape * EVERY_SECONDS + 3;
    const second = at % DAY;
    const isDown = second >= DROP.from && second < DROP.from + DROP.seconds;
    return [
      `mediamtx_monitor_stream_state{${labels},state="${isDown ? 'idle' : 'live'}"} 1 ${at}000`,
      `mediamtx_monitor_stream_received_bytes_total{${labels}} ${countedAt(second)} ${at}000`,
      `mediamtx_monitor_server_collected_timestamp_seconds{server="main"} ${at - 1} ${at}000`,
    ];
  });
}

const NOT_ASKED: HistorySource = {
  nowMs: () => Promise.reject(new Error('not asked')),
  finestStepSeconds: () => 1,
  serversWith: () => Promise.reject(new Error('not asked')),
  isKept: () => Promise.reject(new Error('not asked')),
  read: () => Promise.reject(new Error('not asked')),
};

describe.each<readonly [EngineProgram]>([['prometheus'], ['victoria-metrics']])('%s', (program) => {
  prometheusTest<typeof test.skip>(program, test, test.skip)(
    'tells how a month was, of which it looks at 20,000 moments at most',
    async () => {
      const toSeconds = Math.floor(Date.now() / 1_000 / DAY) * DAY;
      const fromSeconds = toSeconds - DAYS * DAY;
      const filled = await startFilled(program, monthOf(fromSeconds));
      const log = createLogRecorder();
      const engine = new Engine({ target: () => filled, logger: log.logger });
      const scraped = { everySeconds: EVERY_SECONDS, selector: '' };
      const history = new EngineHistory({ engine, scraped, ticks: NOT_ASKED, clock: systemClock });
      const read = async (stepSeconds: number): Promise<HistoryAnswer['fields']> => {
        const question: HistoryQuestion = {
          subject: { kind: 'stream', server: 'main', stream: 'cam' },
          fields: ['state', 'inboundMbps'],
          ...{ fromMs: fromSeconds * 1_000, toMs: toSeconds * 1_000, stepSeconds },
        };
        return (await history.read(question, new AbortController().signal)).fields;
      };
      try {
        const eachDay = <Value>(list: readonly Value[]): Value[] =>
          Array.from({ length: DAYS }, () => list).flat();
        const hours = (usual: unknown, atNoon: unknown): unknown[] =>
          eachDay(Array.from({ length: 24 }, (_, hour) => (hour === 12 ? atNoon : usual)));
        expect(await read(HOUR)).toStrictEqual({
          state: { worst: hours('live', 'idle') },
          inboundMbps: { mean: hours(4, 2), min: hours(4, 0), max: hours(4, 4) },
        });
        expect(await read(DAY)).toStrictEqual({
          state: { worst: eachDay(['idle']) },
          inboundMbps: {
            mean: eachDay([expect.closeTo(4 - 4 / 48, 2)]),
            min: eachDay([0]),
            max: eachDay([4]),
          },
        });
        expect(log.lines).toStrictEqual([]);
      } finally {
        engine.close();
        await filled.stop();
      }
    },
    60_000,
  );
});
