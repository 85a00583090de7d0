import { afterEach } from '@jest/globals';
import { createFakeClock, createLogRecorder, type FakeClock, testRedis } from '@mediamtx-monitor/testkit';
import {
  type HistoryFieldOf,
  type HistorySubject,
  type HistoryTier,
  redisNames,
} from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { HistoryAggregate, healthOf, stateOf } from '../../src/history/aggregate.ts';
import { historyKey } from '../../src/history/history-keys.ts';
import { HistoryWriter } from '../../src/history/history-writer.ts';
import { observed } from '../../src/history/observed.ts';
import { SLOT_CODECS } from '../../src/history/slots.ts';

export const INTERVAL_MS = 2_000;
const STREAMS = { kind: 'streams', server: 'main' } as const;
const ended: (() => void)[] = [];

afterEach(() => {
  for (const end of ended.splice(0)) end();
});

export type SeenOfStream = Partial<Record<HistoryFieldOf<'stream'>, number | null>>;

/** What is known of a slot, in words and numbers. */
export interface SlotRead {
  readonly state: string | null;
  readonly health: string | null;
  readonly seconds: number;
  readonly inbound: readonly (number | null)[];
}

/** A Redis whose clock is that of the test, and writers of history to it. */
export function startBench(startIso: string, durableUrl = testRedis().url, liveUrl = testRedis().url) {
  const { url, prefix } = testRedis();
  const clock: FakeClock = createFakeClock(startIso);
  const names = redisNames(prefix);
  const live = connect(liveUrl);
  const durable = connect(durableUrl);
  // Redis's own clock, as the test sets it.
  live.time = () => Promise.resolve([Math.floor(clock.wallMs() / 1_000), (clock.wallMs() % 1_000) * 1_000]);
  const { logger, lines } = createLogRecorder();
  const createWriter = (): HistoryWriter => new HistoryWriter({ live, durable, names, clock, logger });

  /** So many ms of ticks, each with what is seen in it. */
  async function pass(
    writer: HistoryWriter,
    ms: number,
    seen: (atMs: number) => Readonly<Record<string, SeenOfStream & { state?: string }>>,
    intervalMs = INTERVAL_MS,
  ): Promise<void> {
    for (let passed = 0; passed < ms; passed += intervalMs) {
      const subjects = Object.entries(seen(clock.wallMs())).map(([name, { state = 'live', ...values }]) => ({
        name,
        state,
        health: 'ok' as const,
        values: {
          inboundMbps: null,
          outboundMbps: null,
          readers: null,
          rttP95Ms: null,
          lossPercent: null,
          discardsPerSecond: null,
          ...values,
        },
      }));
      writer.add(intervalMs, [[STREAMS, observed('stream', subjects)]]);
      await writer.idle();
      clock.advance(intervalMs);
    }
  }

  /** As if the ticks of the last minutes were gone. */
  async function forgetRecent(): Promise<void> {
    await live.del(...(await live.keys(`${prefix}:*recent:*`)));
  }

  /** The slot of a stream that begins at this time, as Redis has it. */
  async function slot(stream: string, tier: HistoryTier, atIso: string): Promise<SlotRead> {
    const codec = SLOT_CODECS.stream[tier];
    const subject: HistorySubject = { kind: 'stream', server: 'main', stream };
    const atMs = Date.parse(atIso);
    const bytes = await durable.getBuffer(historyKey(names, subject, tier, atMs));
    const aggregate = new HistoryAggregate(codec.fields.length);
    const place = (atMs / 1_000 / codec.slotSeconds) * codec.slotBytes;
    if (bytes !== null && codec.isOurs(bytes))
      codec.addTo(aggregate, bytes, place % (codec.keyBytes - 1), [0]);
    return {
      state: stateOf(['live', 'standby', 'idle', 'waiting', 'stalled', 'missing'], aggregate.status),
      health: healthOf(aggregate.status),
      seconds: aggregate.seconds,
      inbound: [aggregate.mean(0), aggregate.min(0), aggregate.max(0)],
    };
  }

  return { url, prefix, clock, names, live, durable, lines, createWriter, pass, slot, forgetRecent };
}

function connect(url: string): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => 50,
  });
  redis.on('error', () => undefined);
  ended.push(() => {
    redis.disconnect();
  });
  return redis;
}
