import { expect, test } from '@jest/globals';
import { HistoryWriter, observed } from '@mediamtx-monitor/runtime';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { Redis } from 'ioredis';
import { atEnd } from '../bench.ts';
import {
  at,
  FIVE_MINUTES_MS,
  INTERVAL_MS,
  known,
  numbersOf,
  startWithHistory,
  STREAM,
} from '../routes/start-history.ts';

test.each([30, 300])(
  'in steps of %d s has what ticks tell where a slot was stored of which less is known',
  async (step) => {
    const { get, endMs, live, names } = await startWithHistory(12, 120_000);
    const clock = createFakeClock(new Date(endMs - 20_000).toISOString());
    // As of a collector that was killed: its ticks of before aren't here, so they stand for somebody else's.
    const elsewhere = new Redis(testRedis().url, { keyPrefix: 'elsewhere:' });
    atEnd(() => {
      elsewhere.disconnect();
    });
    elsewhere.time = () => Promise.resolve([clock.wallMs() / 1_000, 0]);
    const { logger } = createLogRecorder();
    const short = new HistoryWriter({ live: elsewhere, durable: live, names, clock, logger });
    for (let passed = 0; passed < 8_000; passed += INTERVAL_MS) {
      const values = { ...STREAM, inboundMbps: 100 };
      const seen = observed('stream', [{ name: 'cam', state: 'live', health: 'ok', values }]);
      short.add(INTERVAL_MS, [[{ kind: 'streams', server: 'main' }, seen]]);
      await short.idle();
      clock.advance(INTERVAL_MS);
    }
    await short.stop();
    const from = Math.floor((endMs - 600_000) / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
    const { body } = await get(
      `/api/streams/cam/history?from=${at(from)}&to=${at(endMs)}&step=${step}&fields=inboundMbps`,
    );
    const means = known(numbersOf(body, 'inboundMbps').mean);
    expect(means.length).toBeGreaterThan(1);
    expect(Math.max(...means)).toBeLessThan(4.1);
  },
);
