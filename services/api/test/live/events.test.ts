import { describe, expect, test } from '@jest/globals';
import type { EventsTrimmedMessage } from '@mediamtx-monitor/types';
import { filterOf, type LiveFilter } from '../../src/live/filter.ts';
import { startFeed } from '../bench.ts';
import { DRILLS, drillOf, TOPICS_WITH_DRILLS } from './drills.ts';
import { publishing, subscriptionOf, Taker } from './subscriber.ts';

/** A feed that knows drills, and a subscriber of it. */
async function drilling(asked: Partial<LiveFilter> = { topics: [DRILLS] }) {
  const bench = await startFeed({ topics: TOPICS_WITH_DRILLS });
  const { feed } = bench;
  const add = (...numbers: readonly number[]): void => {
    feed.addEvents(
      DRILLS,
      numbers.map((n) => drillOf(n)),
    );
  };
  const subscribe = (cursor?: string) => {
    const sink = new Taker();
    const { subscription } = subscriptionOf(feed, sink);
    subscription.begin(filterOf(asked), cursor);
    return { subscription, sink };
  };
  return { ...bench, ...publishing(bench), add, subscribe };
}

const numbersIn = ({ sent }: Taker): (number | undefined)[] => sent.map(({ n }) => n);
const numbers = (from: number, to: number): number[] =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('a subscriber of events', () => {
  test('gets all that happen from now on, in order, and what is added again not again', async () => {
    const { add, subscribe } = await drilling();
    add(1, 2);
    const { sink } = subscribe();
    expect(sink.sent).toStrictEqual([]);
    add(3);
    add(3, 4, 5);
    expect(numbersIn(sink)).toStrictEqual([3, 4, 5]);
  });

  test('goes on from its cursor, and gets nothing before it', async () => {
    const { add, subscribe } = await drilling();
    add(1, 2, 3);
    const { sink } = subscribe('drills:1-0');
    expect(numbersIn(sink)).toStrictEqual([2, 3]);
    add(4);
    expect(numbersIn(sink)).toStrictEqual([2, 3, 4]);
  });

  test('of a cursor that this replica hasn’t reached yet gets nothing twice', async () => {
    const { add, subscribe } = await drilling();
    add(1);
    const { sink } = subscribe('drills:2-0');
    add(2, 3);
    expect(numbersIn(sink)).toStrictEqual([3]);
  });

  test.each(['', 'main:5:1', 'drills:', 'drills:x-1', 'drills:1', 'other:1-0', ',,:,'])(
    'begins with now when it comes with %j',
    async (cursor) => {
      const { add, subscribe } = await drilling();
      add(1, 2);
      const { sink } = subscribe(cursor);
      add(3);
      expect(numbersIn(sink)).toStrictEqual([3]);
    },
  );

  test('gets no more of them once it asks for something else', async () => {
    const { add, subscribe } = await drilling();
    const { subscription, sink } = subscribe();
    add(1);
    subscription.begin(filterOf({}));
    add(2);
    expect(numbersIn(sink)).toStrictEqual([1]);
  });

  test('gets nothing more when it has gone', async () => {
    const { add, subscribe } = await drilling();
    const { subscription, sink } = subscribe();
    add(1);
    subscription.end();
    add(2);
    expect(numbersIn(sink)).toStrictEqual([1]);
  });
});

describe('a slow subscriber of events', () => {
  test('gets every one of them, in order, as it takes them', async () => {
    const { add, subscribe } = await drilling();
    const { subscription, sink } = subscribe();
    sink.room = 0;
    add(...numbers(1, 5_000));
    add(...numbers(5_001, 9_000));
    for (let round = 0; round < 90; round += 1) {
      expect(sink.sent).toHaveLength(round * 100);
      sink.room = 100;
      subscription.flush();
    }
    expect(numbersIn(sink)).toStrictEqual(numbers(1, 9_000));
  });

  test('is told which of them aren’t kept any more, and gets the others', async () => {
    const { add, subscribe } = await drilling();
    const { subscription, sink } = subscribe();
    add(1);
    sink.room = 0;
    add(...numbers(2, 10_005));
    sink.room = Infinity;
    subscription.flush();
    const trimmed: EventsTrimmedMessage = {
      type: 'events.trimmed',
      topic: 'drills',
      after: '1-0',
      until: '5-0',
    };
    expect(sink.sent[1]).toStrictEqual(trimmed);
    expect(numbersIn(sink).slice(2)).toStrictEqual(numbers(6, 10_005));
  });

  test('is told so again, from there on, when it is still too slow', async () => {
    const { add, subscribe } = await drilling();
    const { subscription, sink } = subscribe('drills:1-0');
    sink.room = 0;
    add(...numbers(1, 10_004));
    sink.room = 1;
    subscription.flush();
    add(...numbers(10_005, 10_010));
    sink.room = 1;
    subscription.flush();
    expect(sink.sent).toStrictEqual([
      { type: 'events.trimmed', topic: 'drills', after: '1-0', until: '4-0' },
      { type: 'events.trimmed', topic: 'drills', after: '4-0', until: '10-0' },
    ]);
  });

  test('one that comes back with a cursor too old is told so, too', async () => {
    const { add, subscribe } = await drilling();
    add(...numbers(1, 10_003));
    const { sink } = subscribe('drills:2-0');
    expect(sink.sent[0]).toStrictEqual({
      type: 'events.trimmed',
      topic: 'drills',
      after: '2-0',
      until: '3-0',
    });
    expect(numbersIn(sink).slice(1)).toStrictEqual(numbers(4, 10_003));
    expect(numbersIn(subscribe('drills:3-0').sink)).toStrictEqual(numbers(4, 10_003));
  });
});

describe('filters', () => {
  test('let through events of a server, and of streams whose name matches', async () => {
    const { feed, subscribe } = await drilling({ topics: [DRILLS], server: 'b', stream: 'cam/*' });
    const { sink } = subscribe();
    feed.addEvents(DRILLS, [
      drillOf(1, { subject: 'b', stream: 'cam/1' }),
      drillOf(2, { subject: 'b', stream: 'sport' }),
      drillOf(3, { subject: 'b' }),
      drillOf(4, { stream: 'cam/1' }),
      drillOf(5, { subject: 'b', stream: 'cam/2' }),
    ]);
    expect(numbersIn(sink)).toStrictEqual([1, 5]);
  });

  test('let through nothing that is about no stream where streams are asked for', async () => {
    const { feed, subscribe } = await drilling({ topics: [DRILLS], stream: '**' });
    const { sink } = subscribe();
    feed.addEvents(DRILLS, [drillOf(1), drillOf(2, { stream: 'a' })]);
    expect(numbersIn(sink)).toStrictEqual([2]);
  });

  test('let through all about hosts, which belong to no server', async () => {
    const about = { [DRILLS]: { subject: 'host', kind: 'event' } } as const;
    const { feed } = await startFeed({ topics: about });
    const sink = new Taker();
    const { subscription } = subscriptionOf(feed, sink);
    subscription.begin(filterOf({ topics: [DRILLS], server: 'b', stream: 'cam/*' }));
    feed.addEvents(DRILLS, [drillOf(1, { subject: 'media-1' })]);
    expect(numbersIn(sink)).toStrictEqual([1]);
  });
});

describe('events and snapshots', () => {
  const BOTH = { topics: ['streams', DRILLS] } as const;

  test('stand beside each other, and the cursor is that of events', async () => {
    const { add, subscribe, publish } = await drilling(BOTH);
    add(1);
    await publish('main', 1);
    const { sink } = subscribe();
    expect(sink.short).toStrictEqual(['main 1', 'main fresh']);
    expect(sink.cursor).toBe('drills:1-0');
    add(2);
    await publish('main', 2);
    expect([sink.sent[2]?.n, sink.short[3]]).toStrictEqual([2, 'main 2']);
    expect(sink.cursor).toBe('drills:2-0');
  });

  test('events that wait go before a snapshot that comes', async () => {
    const { add, subscribe, publish } = await drilling(BOTH);
    const { sink } = subscribe();
    sink.room = 0;
    add(1, 2);
    sink.room = Infinity;
    await publish('main', 1);
    expect(sink.sent.map(({ n, seq }) => n ?? seq)).toStrictEqual([1, 2, 1, undefined]);
  });

  test('take turns for one that is slow: neither waits for ever', async () => {
    const { add, subscribe, publish } = await drilling(BOTH);
    for (const server of ['a', 'b']) await publish(server, 1);
    const { subscription, sink } = subscribe();
    sink.room = 0;
    sink.sent.length = 0;
    add(...numbers(1, 100));
    for (const server of ['a', 'b']) await publish(server, 2);
    for (let taken = 0; taken < 36; taken += 1) {
      sink.room = 1;
      subscription.flush();
    }
    const order = [...numbers(1, 16), 'a', ...numbers(17, 32), 'b', 33, 34];
    expect(sink.sent.map(({ n, server }) => n ?? server)).toStrictEqual(order);
    await publish('a', 3);
    sink.room = 200;
    subscription.flush();
    expect(numbersIn(sink).filter((n) => n !== undefined)).toStrictEqual(numbers(1, 100));
    expect(sink.sent.filter(({ seq }) => seq === 3)).toHaveLength(1);
  });
});

test('whoever takes all at once gets all at once', async () => {
  const { add, subscribe, publish } = await drilling({ topics: ['streams', DRILLS] });
  const { subscription, sink } = subscribe();
  sink.room = 0;
  add(...numbers(1, 100));
  await publish('main', 1);
  sink.room = Infinity;
  subscription.flush();
  expect(sink.sent).toHaveLength(102);
});

test('events that were added before are no update', async () => {
  const { feed, add } = await drilling();
  const updates: string[] = [];
  feed.subscribe(({ kind }) => updates.push(kind));
  add(1, 2);
  add(2, 1);
  add();
  expect(updates).toStrictEqual(['events']);
});
