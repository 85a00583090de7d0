import { HistoryWriter, observed } from '@mediamtx-monitor/runtime';
import { createFakeClock, createLogRecorder, testRedis } from '@mediamtx-monitor/testkit';
import { type HistoryAnswer, type HistoryNumbers, redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { atEnd } from '../bench.ts';
import { startApi } from '../started-api.ts';

export const INTERVAL_MS = 2_000;
export const FIVE_MINUTES_MS = 300_000;
export const STREAM = { outboundMbps: 8, readers: 2, rttP95Ms: 5, lossPercent: 0, discardsPerSecond: null };

/** An API on a Redis in which history of the last minutes stands, of a stream that dropped for 4 s, at whole 5 minutes. */
export async function startWithHistory(minutes: number, dropAgoMs: number, name = 'cam') {
  const api = await startApi();
  const { url } = testRedis();
  const live = new Redis(url);
  atEnd(() => {
    live.disconnect();
  });
  const [seconds] = await live.time();
  const endMs = Math.floor(Number(seconds) / 2) * INTERVAL_MS;
  const dropMs = Math.floor((endMs - dropAgoMs) / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
  const clock = createFakeClock(new Date(endMs - minutes * 60_000).toISOString());
  const writerRedis = live.duplicate();
  atEnd(() => {
    writerRedis.disconnect();
  });
  writerRedis.time = () => Promise.resolve([clock.wallMs() / 1_000, 0]);
  const { logger } = createLogRecorder();
  const names = redisNames(api.prefix);
  const writer = new HistoryWriter({ live: writerRedis, durable: live, names, clock, logger });
  writer.add(INTERVAL_MS, []);
  await writer.idle();
  while (clock.wallMs() < endMs) {
    const sinceDropMs = clock.wallMs() - dropMs;
    const isDown = sinceDropMs >= 0 && sinceDropMs < 4_000;
    const seen = { name, state: isDown ? 'idle' : 'live', health: 'ok' } as const;
    writer.add(INTERVAL_MS, [
      [
        { kind: 'streams', server: 'main' },
        observed('stream', [{ ...seen, values: { ...STREAM, inboundMbps: isDown ? 0 : 4 } }]),
      ],
      [
        { kind: 'server', server: 'main' },
        observed('server', [
          {
            name: '',
            state: 'up',
            health: isDown ? 'critical' : 'ok',
            values: { liveStreams: isDown ? 0 : 1, readers: 2, inboundMbps: isDown ? 0 : 4, outboundMbps: 8 },
          },
        ]),
      ],
      [
        { kind: 'host', host: 'media-1' },
        observed('host', [
          {
            name: '',
            state: 'up',
            health: 'ok',
            values: { cpuPercent: 20, memoryPercent: 40, inboundMbps: 5, outboundMbps: null },
          },
        ]),
      ],
    ]);
    await writer.idle();
    clock.advance(INTERVAL_MS);
  }
  await live.zadd(names.historyStreams('main'), endMs, name);
  const get = async (
    path: string,
  ): Promise<{ status: number; body: HistoryAnswer & { code?: string; detail?: string } }> => {
    const response = await fetch(`${api.url}${path}`);
    return { status: response.status, body: (await response.json()) as HistoryAnswer };
  };
  return { ...api, writer, get, endMs, dropMs, live, names };
}

export const numbersOf = ({ fields }: HistoryAnswer, field: string): HistoryNumbers =>
  fields[field] as HistoryNumbers;
export const known = (values: readonly (number | null)[] | undefined): number[] =>
  (values ?? []).filter((value) => value !== null);
export const at = (ms: number): string => new Date(ms).toISOString();
