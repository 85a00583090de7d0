import { type RedisOfTest, streamRecord } from '@mediamtx-monitor/testkit';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { headOf, TestPublisher } from '../../../services/api/test/publisher.ts';
import { atEnd } from './at-end.ts';

const FOR_AN_HOUR = 3_600_000;

/** Publishes streams that are live unless given otherwise, of server `main`. They stay fresh for an hour. */
export async function publishStreams(
  redis: RedisOfTest,
  streams: readonly (Partial<StreamRecord> & { readonly name: string })[],
): Promise<void> {
  const publisher = new TestPublisher(redis.url, redis.prefix);
  atEnd(() => {
    publisher.close();
  });
  const now = new Date().toISOString();
  await publisher.publish(
    headOf({ collectedAt: now, publishedAt: now, intervalMs: FOR_AN_HOUR }),
    streams.map((given) =>
      streamRecord({ state: 'live', sourceType: 'rtspSession', inboundMbps: 4.2, since: now, ...given }),
    ),
  );
}
