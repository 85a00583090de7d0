import { HistoryWriter, observed } from '@mediamtx-monitor/runtime';
import { createFakeClock, createLogRecorder, type RedisOfTest } from '@mediamtx-monitor/testkit';
import { redisNames, type StoredEvent } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

const TICK_MS = 30_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** More than the day that is looked at, and less than all of it is known. */
const REMEMBERED_MS = 23 * HOUR_MS;

/** What is remembered of the last day. */
export interface RememberedDay {
  /** When the first stream went off air for 10 minutes, Unix time in ms. */
  readonly outageMs: number;
  /** When nobody looked for an hour. */
  readonly unseenMs: number;
}

/**
 * Has 23 hours be written down as a collector and a host agent do it: the first of these streams was stalled and off air
 * for 10 minutes, the host is `media-1`, and for an hour nobody looked.
 */
export async function rememberDay(redis: RedisOfTest, streams: readonly string[]): Promise<RememberedDay> {
  const live = new Redis(redis.url);
  const names = redisNames(redis.prefix);
  const [seconds] = await live.time();
  const endMs = Math.floor((Number(seconds) * 1_000) / TICK_MS) * TICK_MS - 3 * MINUTE_MS;
  const day: RememberedDay = { outageMs: endMs - 6 * HOUR_MS, unseenMs: endMs - 14 * HOUR_MS };
  const clock = createFakeClock(new Date(endMs - REMEMBERED_MS).toISOString());
  const dated = live.duplicate();
  dated.time = () => Promise.resolve([clock.wallMs() / 1_000, 0]);
  const writer = new HistoryWriter({
    live: dated,
    durable: live,
    names,
    clock,
    logger: createLogRecorder().logger,
  });
  writer.add(TICK_MS, []);
  await writer.idle();
  while (clock.wallMs() < endMs) {
    if (!isIn(clock.wallMs(), day.unseenMs, HOUR_MS))
      writer.add(TICK_MS, seenAt(clock.wallMs(), streams, day));
    await writer.idle();
    clock.advance(TICK_MS);
  }
  await writer.stop();
  for (const name of streams) await live.zadd(names.historyStreams('main'), endMs, name);
  for (const event of eventsOf(streams[0] ?? '', day)) {
    await live.xadd(names.events, `${Date.parse(event.at)}-0`, 'json', JSON.stringify(event));
  }
  for (const connection of [dated, live]) connection.disconnect();
  return day;
}

function isIn(ms: number, fromMs: number, lengthMs: number): boolean {
  return ms >= fromMs && ms < fromMs + lengthMs;
}

/** What a collector and a host agent see in one tick. */
function seenAt(ms: number, streams: readonly string[], { outageMs }: RememberedDay) {
  const wave = Math.sin((ms / HOUR_MS) * 0.9);
  const seen = streams.map((name, place) => {
    const isStalled = place === 0 && isIn(ms, outageMs, 2 * MINUTE_MS);
    const isOff = place === 0 && isIn(ms, outageMs + 2 * MINUTE_MS, 8 * MINUTE_MS);
    const isDown = isStalled || isOff;
    return {
      name,
      state: isStalled ? 'stalled' : isOff ? 'missing' : 'live',
      health: isDown ? 'critical' : 'ok',
      values: {
        inboundMbps: isDown ? 0 : 4 + wave + ((ms / TICK_MS) % 5) * 0.1,
        outboundMbps: isDown ? 0 : 12 + 6 * wave,
        readers: isDown ? 0 : Math.round(6 + 4 * wave),
        rttP95Ms: isDown ? null : 30 + 8 * wave,
        lossPercent: isDown ? null : 0.4,
        discardsPerSecond: null,
      },
    } as const;
  });
  const ofServer = { liveStreams: streams.length, readers: 12, inboundMbps: 9 + wave, outboundMbps: 30 };
  const ofHost = { cpuPercent: 40 + 20 * wave, memoryPercent: 55, inboundMbps: 9, outboundMbps: 31 };
  const whole = { name: '', state: 'up', health: 'ok' } as const;
  return [
    [{ kind: 'streams', server: 'main' }, observed('stream', seen)],
    [{ kind: 'server', server: 'main' }, observed('server', [{ ...whole, values: ofServer }])],
    [{ kind: 'host', host: 'media-1' }, observed('host', [{ ...whole, values: ofHost }])],
  ] as Parameters<HistoryWriter['add']>[1];
}

function eventsOf(stream: string, { outageMs, unseenMs }: RememberedDay): readonly StoredEvent[] {
  const base = { server: 'main', since: null, unseenSince: null, cause: null } as const;
  const own = { ...base, stream, sourceType: 'srtConn', expected: null } as const;
  const at = (ms: number): string => new Date(ms).toISOString();
  return [
    {
      ...base,
      type: 'server.unobserved',
      at: at(unseenMs + HOUR_MS),
      unseenSince: at(unseenMs),
      severity: 'warning',
    },
    { ...own, type: 'stream.stalled', at: at(outageMs), severity: 'critical' },
    {
      ...own,
      type: 'stream.offline',
      at: at(outageMs + 2 * MINUTE_MS),
      severity: 'critical',
      cause: { source: 'missing-from-list', text: null },
      state: 'missing',
      liveSince: at(outageMs - HOUR_MS),
    },
    { ...own, type: 'stream.online', at: at(outageMs + 10 * MINUTE_MS), severity: 'info' },
  ];
}
