import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { filterOf } from '../../src/live/filter.ts';
import { MAX_BLOCKED_MS, type Sink } from '../../src/live/outgoing.ts';
import { Message } from '../../src/tick/index.ts';
import { subscribe, subscriptionOf } from './subscriber.ts';

describe('a subscriber that is not free', () => {
  test('gets the newest of each server once it is, and only that', async () => {
    const { subscription, sink, publish, skipped, begin } = await subscribe(['b', 'main']);
    begin();
    sink.room = 0;
    for (const seq of [2, 3, 4]) await publish('main', seq);
    await publish('b', 2);
    expect(sink.sent).toHaveLength(4);
    expect(skipped()).toBe(2);
    sink.room = Infinity;
    subscription.flush();
    expect(sink.short.slice(4)).toStrictEqual(['main 4', 'b 2']);
    subscription.flush();
    expect(sink.sent).toHaveLength(6);
  });

  test('gets one message each time it is, ticks before statuses', async () => {
    const { subscription, sink, begin } = await subscribe(['b', 'main']);
    sink.room = 0;
    begin();
    for (const sent of [1, 2, 3, 4]) {
      sink.room = 1;
      subscription.flush();
      expect(sink.sent).toHaveLength(sent);
    }
    expect(sink.short).toStrictEqual(['b 1', 'main 1', 'b fresh', 'main fresh']);
  });

  test('gets only the last of several statuses', async () => {
    const { feed, subscription, sink, publish, clock, begin } = await subscribe(['main']);
    const changes: boolean[] = [];
    feed.subscribe((update) => {
      // That no alerter is at work is told as well, whenever it is found.
      if (update.kind === 'status' && 'server' in update.status) changes.push(update.status.stale);
    });
    begin();
    sink.room = 0;
    clock.advance(6_001);
    await eventually(() => {
      expect(changes).toStrictEqual([true]);
    });
    await publish('main', 2);
    clock.advance(6_001);
    await eventually(() => {
      expect(changes).toStrictEqual([true, false, true]);
    });
    sink.room = Infinity;
    subscription.flush();
    expect(sink.short.slice(2)).toStrictEqual(['main 2', 'main stale']);
  });

  test('forgets what waited when it asks for something else', async () => {
    const { subscription, sink, begin } = await subscribe(['b', 'main']);
    sink.room = 0;
    begin();
    subscription.begin(filterOf({ servers: ['b'] }));
    sink.room = Infinity;
    subscription.flush();
    expect(sink.short).toStrictEqual(['b 1', 'b fresh']);
  });
});

describe('a subscriber that takes nothing', () => {
  test('is stuck 30 s after the first look at which something waited', async () => {
    const { sink, begin, outgoing } = await subscribe([]);
    begin();
    sink.room = 0;
    expect(outgoing.isStuck(1_000)).toBe(false);
    expect(outgoing.isStuck(999 + MAX_BLOCKED_MS)).toBe(false);
    expect(outgoing.isStuck(1_000 + MAX_BLOCKED_MS)).toBe(true);
  });

  test('has its time anew when it was free, or has taken something meanwhile', async () => {
    const { subscription, sink, begin, outgoing } = await subscribe(['main']);
    sink.room = 0;
    begin();
    outgoing.isStuck(0);
    sink.room = 1;
    expect(outgoing.isStuck(MAX_BLOCKED_MS)).toBe(false);
    sink.room = 0;
    expect(outgoing.isStuck(MAX_BLOCKED_MS)).toBe(false);
    sink.room = 1;
    subscription.flush();
    expect(sink.sent).toHaveLength(1);
    expect(outgoing.isStuck(2 * MAX_BLOCKED_MS)).toBe(false);
    expect(outgoing.isStuck(3 * MAX_BLOCKED_MS)).toBe(true);
  });
});

test('a large message that is taken piece by piece has 30 s as a whole', async () => {
  const { feed, sink, begin } = await subscribe(['main']);
  begin();
  const [whole = {}] = sink.sent;
  const text = JSON.stringify(whole);
  const taken: string[] = [];
  let takesMore = true;
  const slow: Sink = {
    get takesMore() {
      return takesMore;
    },
    bytesOf: (message) => [...message.json()].map((byte) => Buffer.from([byte])),
    markOf: () => Buffer.alloc(0),
    forgetsCursor: false,
    write: (bytes) => {
      taken.push(bytes.toString());
      takesMore = false;
    },
  };
  const { subscription, outgoing, traffic } = subscriptionOf(feed, slow);
  const takeAt = (nowMs: number): boolean => {
    takesMore = true;
    subscription.flush();
    return outgoing.isStuck(nowMs);
  };
  subscription.begin(filterOf({}));
  expect(outgoing.isStuck(0)).toBe(false);
  outgoing.interject(new Message({ type: 'error', parts: [Buffer.from('{}')] }));
  expect([10_000, 20_000, 29_999, 30_000].map(takeAt)).toStrictEqual([false, false, false, true]);
  while (taken.length < text.length) takeAt(30_000);
  expect(taken.join('')).toBe(text);
  expect([traffic.messages, traffic.bytes]).toStrictEqual([1, text.length]);
});
