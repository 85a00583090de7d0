import { historyKeys, SLOT_CODECS } from '@mediamtx-monitor/runtime';
import { HISTORY_TIERS, redisNames, type RedisNames } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';

export const PREFIX = 'mediamtx';
export const names = redisNames(PREFIX);

/** Names of streams, as long as they usually are. */
export const streamNames = (streams: number): readonly string[] =>
  Array.from({ length: streams }, (_, place) => `live/camera-${String(place).padStart(5, '0')}`);

/** Names of the first streams that a collector publishes. @throws while there aren't so many */
export async function publishedStreams(
  redis: Redis,
  names: RedisNames,
  count: number,
): Promise<readonly string[]> {
  const records = JSON.parse((await redis.get(names.latest('streams', 'main'))) ?? '[]') as readonly {
    readonly name: string;
  }[];
  if (records.length < count) throw new Error(`there are ${records.length} streams`);
  return records.slice(0, count).map(({ name }) => name);
}

/**
 * Fills Redis with all that is kept of some streams: a day of 30 s, 30 days of 5 minutes, and what waits to expire. Each
 * key gets its last byte first, as a collector writes it.
 * @param endMs Unix time behind which no slot is known
 */
export async function fillHistory(
  redis: Redis,
  names: RedisNames,
  streams: readonly string[],
  nowMs: number,
  endMs = Infinity,
): Promise<void> {
  for (const [place, stream] of streams.entries()) {
    const subject = { kind: 'stream', server: 'main', stream } as const;
    const pipeline = redis.pipeline();
    for (const tier of ['30s', '5m'] as const) {
      const { keptSeconds } = HISTORY_TIERS[tier];
      const codec = SLOT_CODECS.stream[tier];
      const whole = slotsOf(tier, place);
      const keys = historyKeys(names, subject, tier, nowMs - keptSeconds * 1_000, nowMs + 1);
      for (const { key, startMs } of keys) {
        const known = Math.floor((endMs - startMs) / codec.slotSeconds / 1_000) * codec.slotBytes;
        const slots = Buffer.from(whole);
        slots.fill(0, Math.max(0, Math.min(known, codec.keyBytes - 1)), codec.keyBytes - 1);
        pipeline.setrange(key, codec.keyBytes - 1, slots.subarray(codec.keyBytes - 1));
        pipeline.pexpire(key, keptSeconds * 1_000);
        pipeline.setrange(key, 0, slots.subarray(0, codec.keyBytes - 1));
      }
    }
    pipeline.zadd(names.historyStreams('main'), nowMs, stream);
    await pipeline.exec();
  }
}

/** Slots of a whole hour or day, in which something is known of each. */
function slotsOf(tier: '30s' | '5m', seed: number): Buffer {
  const codec = SLOT_CODECS.stream[tier];
  const bytes = Buffer.alloc(codec.keyBytes);
  const aggregate = codec.blank();
  for (let at = 0; at < codec.keyBytes - 1; at += codec.slotBytes) {
    aggregate.clear();
    aggregate.addStatus(1, codec.slotSeconds);
    codec.fields.forEach((_, field) => {
      const value = 1 + ((at + seed + field * 7) % 50);
      aggregate.addValue(field, codec.slotSeconds, value, value / 2, value * 2);
    });
    codec.encode(aggregate, bytes, at);
  }
  bytes[codec.keyBytes - 1] = 1;
  return bytes;
}
