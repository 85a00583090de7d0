import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import type { EventsTrimmedMessage } from '@mediamtx-monitor/types';
import { filterOf, type LiveFilter } from '../../src/live/filter.ts';
import { startFeed } from '../bench.ts';
import { happening, numbers, numbersIn as numbersOf } from '../happening.ts';
import { publishing, subscriptionOf, Taker } from './subscriber.ts';

/** A feed that follows events, and a subscriber of it. */
async function following(asked: Partial<LiveFilter> = { topics: ['events'] }) {
  const bench = await startFeed();
  const { feed } = bench;
  await eventually(() => {
    expect(feed.log('events')?.isReady).toBe(true);
  });
  const subscribe = (cursor?: string) => {
    const sink = new Taker();
    const { subscription } = subscriptionOf(feed, sink);
    subscription.begin(filterOf({ ...asked, ...(cursor !== undefined && { cursor }) }));
    return { subscription, sink };
  };
  return { ...bench, ...publishing(bench), ...happening(bench, feed), subscribe };
}

/** Flushes until so many messages were taken. */
async function takesAll(
  subscription: { readonly flush: () => void },
  sink: Taker,
  count: number,
): Promise<void> {
  await eventually(() => {
    subscription.flush();
    expect(sink.sent).toHaveLength(count);
  });
}

/** The number of an event's message. */
const numberOf = (sent: unknown): number | undefined => numbersOf([sent ?? {}])[0];
const numbersIn = ({ sent }: Taker): number[] => numbersOf(sent);

describe('a subscriber of events', () => {
  test('gets all that happen from now on, in order', async () => {
    const { add, subscribe } = await following();
    await add([1, 2]);
    const { sink } = subscribe();
    expect(sink.sent).toStrictEqual([]);
    await add([3]);
    await add([4, 5]);
    expect(numbersIn(sink)).toStrictEqual([3, 4, 5]);
  });

  test('goes on from its cursor, and gets nothing before it', async () => {
    const { add, subscribe } = await following();
    await add([1, 2, 3]);
    const { sink } = subscribe('events:1-0');
    expect(numbersIn(sink)).toStrictEqual([2, 3]);
    await add([4]);
    expect(numbersIn(sink)).toStrictEqual([2, 3, 4]);
  });

  test('of a cursor that this replica hasn’t reached yet gets nothing twice', async () => {
    const { add, subscribe } = await following();
    await add([1]);
    const { sink } = subscribe('events:2-0');
    await add([2, 3]);
    expect(numbersIn(sink)).toStrictEqual([3]);
  });

  test.each(['', 'main:5:1', 'events:', 'events:x-1', 'events:1', 'other:1-0', ',,:,'])(
    'begins with now when it comes with %j',
    async (cursor) => {
      const { add, subscribe } = await following();
      await add([1, 2]);
      const { sink } = subscribe(cursor);
      await add([3]);
      expect(numbersIn(sink)).toStrictEqual([3]);
    },
  );

  test('gets no more of them once it asks for something else', async () => {
    const { add, subscribe } = await following();
    const { subscription, sink } = subscribe();
    await add([1]);
    subscription.begin(filterOf({}));
    await add([2]);
    expect(numbersIn(sink)).toStrictEqual([1]);
  });

  test('gets nothing more when it has gone', async () => {
    const { add, subscribe } = await following();
    const { subscription, sink } = subscribe();
    await add([1]);
    subscription.end();
    await add([2]);
    expect(numbersIn(sink)).toStrictEqual([1]);
  });
});

describe('a slow subscriber of events', () => {
  test('gets every one of them, in order, as it takes them', async () => {
    const { add, subscribe } = await following();
    const { subscription, sink } = subscribe();
    sink.room = 0;
    await add(numbers(1, 5_000));
    await add(numbers(5_001, 9_000));
    for (let round = 0; round < 90; round += 1) {
      expect(sink.sent).toHaveLength(round * 100);
      sink.room = 100;
      subscription.flush();
    }
    expect(numbersIn(sink)).toStrictEqual(numbers(1, 9_000));
  });

  test('gets what isn’t in memory any more, too', async () => {
    const { add, subscribe } = await following();
    const { subscription, sink } = subscribe();
    await add([1]);
    sink.room = 0;
    await add(numbers(2, 12_005));
    sink.room = Infinity;
    await takesAll(subscription, sink, 12_005);
    expect(numbersIn(sink)).toStrictEqual(numbers(1, 12_005));
  });

  test('is told which of them aren’t kept any more, and gets the others', async () => {
    const { add, subscribe, publisher } = await following();
    await add(numbers(1, 10_010));
    await publisher.redis.xtrim(publisher.names.events, 'MINID', '5-0');
    const { subscription, sink } = subscribe('events:2-0');
    await takesAll(subscription, sink, 10_007);
    const trimmed: EventsTrimmedMessage = {
      type: 'events.trimmed',
      topic: 'events',
      after: '2-0',
      until: '4-999999999999999',
    };
    expect(sink.sent[0]).toStrictEqual(trimmed);
    expect(numbersIn(sink)).toStrictEqual(numbers(5, 10_010));
    const late = subscribe('events:5-0');
    await takesAll(late.subscription, late.sink, 10_005);
    expect(numbersIn(late.sink)).toStrictEqual(numbers(6, 10_010));
  });

  test('is told of what Redis has trimmed further than memory', async () => {
    const { add, subscribe, publisher } = await following();
    await add(numbers(1, 10_010));
    await publisher.redis.xtrim(publisher.names.events, 'MINID', '9000-0');
    const { subscription, sink } = subscribe('events:2-0');
    await takesAll(subscription, sink, 10_001);
    expect(sink.sent[0]).toStrictEqual({
      type: 'events.trimmed',
      topic: 'events',
      after: '2-0',
      until: '10-0',
    });
    expect(numbersIn(sink)).toStrictEqual(numbers(11, 10_010));
  });

  test('is told nothing where nothing was ever trimmed', async () => {
    const { add, subscribe } = await following();
    await add(numbers(5, 10_010));
    const { subscription, sink } = subscribe('events:1-0');
    await takesAll(subscription, sink, 10_006);
    expect(numbersIn(sink)).toStrictEqual(numbers(5, 10_010));
    expect(sink.sent).toHaveLength(10_006);
  });
});

describe('filters', () => {
  test('let through events of a server, and of streams whose name matches', async () => {
    const { add, subscribe } = await following({ topics: ['events'], servers: ['b'], stream: 'cam/*' });
    const { sink } = subscribe();
    await add([1], { server: 'b' });
    await add([2], { server: 'b', stream: 'sport' });
    await add([3], { server: 'b', stream: null });
    await add([4]);
    await add([5], { server: 'b', stream: 'cam/2' });
    expect(numbersIn(sink)).toStrictEqual([1, 5]);
  });

  test('let through events of servers that have the labels then', async () => {
    const { add, publish, subscribe } = await following({ topics: ['events'], label: ['site:north'] });
    await publish('b', 1, { site: 'north' });
    await publish('main', 1);
    const { sink } = subscribe();
    await add([1], { server: 'b' });
    await add([2], { server: 'main' });
    await add([3], { server: 'none' });
    await publish('main', 2, { site: 'north' });
    await add([4], { server: 'main' });
    expect(numbersIn(sink)).toStrictEqual([1, 4]);
  });

  test('let through nothing that is about no stream where streams are asked for', async () => {
    const { add, subscribe } = await following({ topics: ['events'], stream: '**' });
    const { sink } = subscribe();
    await add([1], { stream: null });
    await add([2], { stream: 'a' });
    expect(numbersIn(sink)).toStrictEqual([2]);
  });
});

describe('events and snapshots', () => {
  const BOTH = { topics: ['streams', 'events'] } as const;

  test('stand beside each other, and the cursor is that of events', async () => {
    const { add, subscribe, publish } = await following(BOTH);
    await add([1]);
    await publish('main', 1);
    const { sink } = subscribe();
    expect(sink.short).toStrictEqual(['main 1', 'main fresh']);
    expect(sink.cursor).toBe('events:1-0');
    await add([2]);
    await publish('main', 2);
    expect([numberOf(sink.sent[2]), sink.short[3]]).toStrictEqual([2, 'main 2']);
    expect(sink.cursor).toBe('events:2-0');
  });

  test('events that wait go before a snapshot that comes', async () => {
    const { add, subscribe, publish } = await following(BOTH);
    const { sink } = subscribe();
    sink.room = 0;
    await add([1, 2]);
    sink.room = Infinity;
    await publish('main', 1);
    expect(sink.sent.map((sent) => numberOf(sent) ?? sent.seq)).toStrictEqual([1, 2, 1, undefined]);
  });

  test('take turns for one that is slow: neither waits for ever', async () => {
    const { add, subscribe, publish } = await following(BOTH);
    for (const server of ['a', 'b']) await publish(server, 1);
    const { subscription, sink } = subscribe();
    sink.room = 0;
    sink.sent.length = 0;
    await add(numbers(1, 100));
    for (const server of ['a', 'b']) await publish(server, 2);
    for (let taken = 0; taken < 36; taken += 1) {
      sink.room = 1;
      subscription.flush();
    }
    const order = [...numbers(1, 16), 'a', ...numbers(17, 32), 'b', 33, 34];
    expect(sink.sent.map((sent) => numberOf(sent) ?? sent.server)).toStrictEqual(order);
    await publish('a', 3);
    sink.room = 200;
    subscription.flush();
    expect(numbersIn(sink)).toStrictEqual(numbers(1, 100));
    expect(sink.sent.filter(({ seq }) => seq === 3)).toHaveLength(1);
  });
});

test('whoever takes all at once gets all at once', async () => {
  const { add, subscribe, publish } = await following({ topics: ['streams', 'events'] });
  const { subscription, sink } = subscribe();
  sink.room = 0;
  await add(numbers(1, 100));
  await publish('main', 1);
  sink.room = Infinity;
  subscription.flush();
  expect(sink.sent).toHaveLength(102);
});
