import { describe, expect, test } from '@jest/globals';
import { alertRecord, eventually } from '@mediamtx-monitor/testkit';
import { GONE_MS } from '@mediamtx-monitor/types';
import { startFeed } from '../bench.ts';
import { alertsHeadOf, alertsMessageOf, freshTimes } from '../publisher.ts';

const HEAD = alertsHeadOf();

/** A feed, and the number of the newest alerts message in it. */
async function started() {
  const bench = await startFeed();
  const known = (): number[] => bench.feed.ticks('alerts').map(({ head }) => head?.seq ?? 0);
  return { ...bench, known };
}

describe('alerts', () => {
  test('are followed from the start on, and read from their key while the channel is silent', async () => {
    const { publisher, feed, known, clock } = await started();
    await publisher.publishAlerts(HEAD, [alertRecord()]);
    await eventually(() => {
      expect(known()).toStrictEqual([1]);
    });
    await publisher.storeAlerts({ ...HEAD, ...freshTimes(), seq: 2 });
    clock.advance(7_501);
    await feed.alerts.current();
    expect(known()).toStrictEqual([2]);
  });

  test('are forgotten after a day without an alerter', async () => {
    const { publisher, known, clock, feed } = await started();
    await publisher.publishAlerts(HEAD);
    await eventually(() => {
      expect(known()).toStrictEqual([1]);
    });
    clock.advance(GONE_MS + 1);
    await eventually(() => {
      expect(known()).toStrictEqual([]);
    });
    expect(feed.statuses('fleet')).toStrictEqual([]);
  });

  test.each([
    ['no JSON', 'text'],
    ['another message', '{"type":"streams","v":1,"alerts":[]}'],
    ['a newer version', alertsMessageOf({ ...HEAD, v: 2 as 1 })],
    ['without an end', alertsMessageOf(HEAD).slice(0, -1)],
    ['too many silences', alertsMessageOf({ ...HEAD, silences: new Array(1_001).fill({}) as [] })],
  ])('that are %s can’t be used: told once, counted', async (_what, message) => {
    const { publisher, feed, known, lines } = await started();
    const { redis, names } = publisher;
    for (let n = 0; n < 2; n += 1) await redis.publish(names.channel('alerts'), message);
    await eventually(() => {
      expect(feed.rejectionCount).toBe(2);
    });
    expect(known()).toStrictEqual([]);
    expect(lines.filter((line) => line.startsWith('warn'))).toStrictEqual([
      expect.stringContaining("a message in Redis about alerts can't be used"),
    ]);
  });

  test('whose members are newer are passed on as they came', async () => {
    const { publisher, feed, known } = await started();
    const head = { ...HEAD, counts: { ...HEAD.counts, snoozed: 1 }, later: true } as typeof HEAD;
    const message = await publisher.publishAlerts(head, [alertRecord({ state: 'snoozed' as 'firing' })]);
    await eventually(() => {
      expect(known()).toStrictEqual([1]);
    });
    expect(feed.ticks('alerts')[0]?.message?.json().toString()).toBe(message);
  });

  test('in a key of another kind harm nobody', async () => {
    const { publisher, feed, known } = await started();
    await publisher.redis.rpush(publisher.names.alertsLatest, 'x');
    await feed.alerts.current();
    expect(known()).toStrictEqual([]);
    expect(feed.hasContact).toBe(true);
  });
});
