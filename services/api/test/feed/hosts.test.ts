import { describe, expect, test } from '@jest/globals';
import { eventually, testRedis } from '@mediamtx-monitor/testkit';
import { HOST_KEPT_MS } from '@mediamtx-monitor/types';
import type { FeedUpdate } from '../../src/feed/index.ts';
import { atEnd, startFeed } from '../bench.ts';
import { freshTimes, hostsHeadOf, TestPublisher, timesAgo } from '../publisher.ts';

/** As `startFeed`, with what was written before the start, and all updates since. */
async function started(before: (publisher: TestPublisher) => Promise<unknown> = () => Promise.resolve()) {
  const { url, prefix } = testRedis();
  const early = new TestPublisher(url, prefix);
  atEnd(() => {
    early.close();
  });
  await before(early);
  const bench = await startFeed({ prefix });
  const { hosts } = bench.feed;
  const updates: FeedUpdate[] = [];
  bench.feed.subscribe((update) => updates.push(update));
  const known = (): string[] =>
    hosts.fleet().ticks.map(({ subject, head }) => `${subject} ${head?.seq ?? ''}`);
  const statuses = () => updates.flatMap((update) => (update.kind === 'status' ? [update.status] : []));
  return { ...bench, hosts, known, statuses };
}

describe('hosts', () => {
  test('that are listed in Redis are found at the start, those that fell silent among them', async () => {
    const { known, feed } = await started(async (publisher) => {
      await publisher.storeHost(hostsHeadOf({ ...freshTimes(), host: 'b', seq: 3 }));
      await publisher.storeHost(hostsHeadOf({ ...timesAgo(43_200_000), host: 'a' }));
      await publisher.redis.zadd(publisher.names.hostsSeen, 1, 'expired', 2, 'No Id');
    });
    await eventually(() => {
      expect(known()).toStrictEqual(['a 1', 'b 3']);
    });
    const [a, b] = feed.statuses('host');
    expect(a).toMatchObject({ type: 'status', host: 'a', stale: true });
    expect(a?.ageMs).toBeGreaterThanOrEqual(43_200_000 - 1);
    expect(b).toStrictEqual({ type: 'status', host: 'b', stale: false, ageMs: 0 });
    expect(feed.rejectionCount).toBe(0);
  });

  test('are told as their messages come, with changes of their staleness', async () => {
    const { publisher, clock, known, statuses, feed } = await started();
    const message = await publisher.publishHost(hostsHeadOf());
    await eventually(() => {
      expect(known()).toStrictEqual(['media-1 1']);
    });
    expect(feed.ticks('hosts')[0]?.message?.content.json.toString()).toBe(message);
    clock.advance(15_001);
    await eventually(() => {
      expect(statuses()).toStrictEqual([
        { type: 'status', host: 'media-1', stale: false, ageMs: 0 },
        { type: 'status', host: 'media-1', stale: true, ageMs: 15_001 },
      ]);
    });
  });

  test('are read from their keys while the channel is silent', async () => {
    const { publisher, clock, hosts, known } = await started();
    await publisher.publishHost(hostsHeadOf());
    await eventually(() => {
      expect(known()).toStrictEqual(['media-1 1']);
    });
    await publisher.storeHost(hostsHeadOf({ ...freshTimes(), seq: 2 }));
    clock.advance(7_501);
    await hosts.current();
    expect(known()).toStrictEqual(['media-1 2']);
  });

  test('are forgotten after a day of silence, and known again when they speak', async () => {
    const { publisher, clock, hosts, known, statuses } = await started();
    await publisher.publishHost(hostsHeadOf());
    await eventually(() => {
      expect(known()).toStrictEqual(['media-1 1']);
    });
    clock.advance(HOST_KEPT_MS);
    await eventually(() => {
      expect(statuses()).toHaveLength(2);
    });
    expect(known()).toStrictEqual(['media-1 1']);
    clock.advance(1);
    await eventually(() => {
      expect(known()).toStrictEqual([]);
    });
    expect(statuses().slice(2)).toStrictEqual([
      { type: 'status', host: 'media-1', stale: true, ageMs: null, gone: true },
    ]);
    // Whatever Redis still has of it.
    await hosts.current();
    expect(known()).toStrictEqual([]);
    const at = new Date(clock.wallMs()).toISOString();
    await publisher.publishHost(hostsHeadOf({ seq: 2, collectedAt: at, publishedAt: at }));
    await eventually(() => {
      expect(statuses().slice(3)).toStrictEqual([
        { type: 'status', host: 'media-1', stale: false, ageMs: 0 },
      ]);
    });
    expect(known()).toStrictEqual(['media-1 2']);
  });

  test('whose message can’t be used are left out, counted, and logged once', async () => {
    const { publisher, feed, lines } = await started();
    const { redis, names } = publisher;
    for (let tick = 0; tick < 3; tick += 1) await redis.publish(names.channel('hosts'), '{"v":2,"hosts":[]}');
    await eventually(() => {
      expect(feed.rejectionCount).toBe(3);
    });
    expect(lines.filter((line) => line.startsWith('warn'))).toStrictEqual([
      expect.stringContaining("a message in Redis about a host can't be used"),
    ]);
  });
});
