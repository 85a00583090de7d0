import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { filterOf } from '../../src/live/filter.ts';
import { headOf, hostsHeadOf } from '../publisher.ts';
import { subscribe, subscriptionOf, Taker } from './subscriber.ts';

describe('what is sent', () => {
  test('at the beginning all that is known, then what comes', async () => {
    const { sink, publish, skipped, begin } = await subscribe(['b', 'main']);
    begin();
    expect(sink.short).toStrictEqual(['b 1', 'main 1', 'b fresh', 'main fresh']);
    await publish('b', 2);
    expect(sink.short.slice(4)).toStrictEqual(['b 2']);
    expect(skipped()).toBe(0);
  });

  test('of the topics that were asked for', async () => {
    const { sink, publish, begin } = await subscribe(['main'], { topics: ['connections'] });
    begin();
    await publish('main', 2);
    expect(sink.short).toStrictEqual(['main connections 1', 'main fresh', 'main connections 2']);
  });

  test('of the server that was asked for, its status included', async () => {
    const { sink, publish, clock, begin } = await subscribe(['b', 'main'], { servers: ['b'] });
    begin();
    await publish('main', 2);
    await publish('b', 2);
    clock.advance(6_001);
    await eventually(() => {
      expect(sink.short).toStrictEqual(['b 1', 'b fresh', 'b 2', 'b stale']);
    });
  });

  test('of the servers that were asked for, where they are several', async () => {
    const { sink, publish, begin } = await subscribe(['b', 'c', 'main'], { servers: ['main', 'b'] });
    begin();
    await publish('c', 2);
    await publish('main', 2);
    expect(sink.short).toStrictEqual(['b 1', 'main 1', 'b fresh', 'main fresh', 'main 2']);
  });

  test('of servers by themselves their heads, each once, in the place of all their streams', async () => {
    const { sink, publish, clock, begin } = await subscribe(['b', 'main'], { topics: ['servers'] });
    begin();
    expect(sink.short).toStrictEqual(['b servers 1', 'main servers 1', 'b fresh', 'main fresh']);
    await publish('b', 2, { site: 'north' });
    expect(sink.sent.at(-1)).toStrictEqual({
      ...headOf({ server: 'b', seq: 2, labels: { site: 'north' } }),
      type: 'servers',
    });
    clock.advance(6_001);
    await eventually(() => {
      expect(sink.short.slice(4)).toStrictEqual(['b servers 2', 'b stale', 'main stale']);
    });
  });

  test('of heads as of streams those that were asked for, behind the streams of their tick', async () => {
    const topics = ['servers', 'streams'] as const;
    const { sink, publish, begin } = await subscribe(['b', 'main'], { topics, servers: ['main'] });
    begin();
    expect(sink.short).toStrictEqual(['main servers 1', 'main 1', 'main fresh']);
    await publish('b', 2);
    await publish('main', 2);
    expect(sink.short.slice(3)).toStrictEqual(['main 2', 'main servers 2']);
  });

  test('a head that waits gives way to the next one', async () => {
    const { sink, publish, skipped, subscription, begin } = await subscribe(['main'], {
      topics: ['servers'],
    });
    begin();
    sink.room = 0;
    await publish('main', 2);
    await publish('main', 3);
    sink.room = Infinity;
    subscription.flush();
    expect(sink.short).toStrictEqual(['main servers 1', 'main fresh', 'main servers 3']);
    expect(skipped()).toBe(1);
  });

  test('of servers that have the labels asked for, as long as they have them', async () => {
    const topics = ['streams', 'connections'] as const;
    const { sink, publish, clock, begin } = await subscribe([], { topics, label: ['site:north'] });
    await publish('b', 1, { site: 'north' });
    await publish('main', 1, { site: 'south' });
    begin();
    expect(sink.short).toStrictEqual(['b 1', 'b connections 1', 'b fresh']);
    await publish('main', 2, { site: 'south' });
    await publish('main', 3, { site: 'north', rack: '1' });
    expect(sink.short.slice(3)).toStrictEqual(['main 3', 'main fresh', 'main connections 3']);
    await publish('b', 2);
    await publish('b', 3);
    expect(sink.sent.slice(6)).toStrictEqual([
      { type: 'status', server: 'b', ageMs: expect.any(Number), stale: false, gone: true },
    ]);
    clock.advance(6_001);
    await eventually(() => {
      expect(sink.short.slice(7)).toStrictEqual(['main stale']);
    });
  });

  test('nothing more of a server that waits when it hasn’t the labels any more', async () => {
    const { sink, outgoing, publish, subscription, begin } = await subscribe([], { label: ['site:north'] });
    await publish('b', 1, { site: 'north' });
    begin();
    sink.room = 0;
    await publish('b', 2, { site: 'north' });
    await publish('b', 3, { site: 'south' });
    expect(outgoing.isFree).toBe(false);
    sink.room = Infinity;
    subscription.flush();
    expect(sink.short.slice(2)).toStrictEqual(['b fresh']);
    expect(sink.sent.at(-1)).toMatchObject({ gone: true });
  });

  test('of the streams that were asked for, and their connections', async () => {
    const filter = { topics: ['streams', 'connections'], stream: 'cam/*' } as const;
    const { sink, begin } = await subscribe(['main'], filter);
    begin();
    expect(sink.sent[0]?.streams?.map(({ name }) => name)).toStrictEqual(['cam/1', 'cam/2']);
    expect(sink.sent[1]?.connections?.map(({ stream }) => stream)).toStrictEqual(['cam/1', 'cam/2']);
  });

  test('of hosts all when they were asked for, whatever servers and streams were', async () => {
    const filter = { topics: ['hosts', 'streams'], servers: ['b'], stream: 'cam/*' } as const;
    const { subscription, sink, publisher, clock, begin } = await subscribe(['b', 'main'], filter);
    await publisher.publishHost(hostsHeadOf({ host: 'main' }));
    begin();
    await eventually(() => {
      expect(sink.short.toSorted()).toStrictEqual(['b 1', 'b fresh', 'host main fresh', 'host main hosts 1']);
    });
    clock.advance(15_001);
    await eventually(() => {
      expect(sink.short.slice(4).toSorted()).toStrictEqual(['b stale', 'host main stale']);
    });
    subscription.begin(filterOf({ topics: ['hosts'] }));
    expect(sink.short.slice(6)).toStrictEqual(['host main hosts 1', 'host main stale']);
  });

  test('of no host when they were not asked for', async () => {
    const { sink, publisher, feed, begin } = await subscribe(['main']);
    begin();
    await publisher.publishHost(hostsHeadOf());
    await eventually(() => {
      expect(feed.hosts.fleet().ticks).toHaveLength(1);
    });
    expect(sink.short).toStrictEqual(['main 1', 'main fresh']);
  });

  test('by a new filter from its beginning on', async () => {
    const { subscription, sink, publish, begin } = await subscribe(['b', 'main']);
    begin();
    subscription.begin(filterOf({ servers: ['main'], topics: ['connections', 'streams'] }));
    expect(sink.short.slice(4)).toStrictEqual(['main connections 1', 'main 1', 'main fresh']);
    await publish('b', 2);
    await publish('main', 2);
    expect(sink.short.slice(7)).toStrictEqual(['main 2', 'main connections 2']);
  });
});

test('a form that is not made yet holds statuses back, and newer ticks take its place', async () => {
  const { subscription, sink, publish, skipped, begin } = await subscribe(['main']);
  sink.isMade = false;
  begin();
  await publish('main', 2);
  expect(sink.sent).toStrictEqual([]);
  expect(skipped()).toBe(1);
  sink.isMade = true;
  subscription.flush();
  expect(sink.short).toStrictEqual(['main 2', 'main fresh']);
});

test('a form that is not made yet is waited for until a newer tick comes, another filter, or the end', async () => {
  const { subscription, sink, publish, begin } = await subscribe(['main']);
  sink.isMade = false;
  const waits = (): boolean[] => sink.waits.map((isWaiting) => isWaiting());
  begin();
  expect(waits()).toStrictEqual([true]);
  await publish('main', 2);
  expect(waits()).toStrictEqual([false, true]);
  subscription.begin(filterOf({ topics: ['streams', 'connections'] }));
  expect(waits()).toStrictEqual([false, false, true, true]);
  subscription.end();
  expect(waits()).toStrictEqual([false, false, false, false]);
});

test('a filter is held from the beginning to the end, and given up for another', async () => {
  const { feed, subscription, publish, begin } = await subscribe(['main'], { stream: 'cam/*' });
  const isShared = (glob: string): boolean | undefined => {
    const [tick] = feed.servers.fleet().ticks;
    const view = feed.filters.view(glob);
    const shared = tick && view.messageFor(tick)?.isShared;
    view.end();
    return shared;
  };
  expect(isShared('cam/*')).toBe(false);
  begin();
  expect(isShared('cam/*')).toBe(true);
  await publish('main', 2);
  subscription.begin(filterOf({ stream: 'sport' }));
  expect([isShared('cam/*'), isShared('sport')]).toStrictEqual([false, true]);
  subscription.end();
  expect(isShared('sport')).toBe(false);
});

test('an older tick never follows a newer one, even if its form is made later', async () => {
  const { subscription, sink, publish, begin } = await subscribe(['main']);
  sink.isMade = false;
  begin();
  sink.isMade = true;
  await publish('main', 2);
  subscription.flush();
  expect(sink.short).toStrictEqual(['main 2', 'main fresh']);
});

test('a bare array is no message', async () => {
  const { feed, publisher, sink, publish, clock, begin } = await subscribe([]);
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
  clock.advance(2_000);
  await feed.servers.current();
  expect(feed.servers.fleet().ticks).toHaveLength(1);
  begin();
  expect(sink.sent).toStrictEqual([]);
  await publish('main', 1);
  expect(sink.short).toStrictEqual(['main 1', 'main fresh']);
});

test('a subscriber that has gone receives nothing more', async () => {
  const { subscription, sink, publish, begin } = await subscribe(['main']);
  begin();
  subscription.end();
  await publish('main', 2);
  expect(sink.short).toStrictEqual(['main 1', 'main fresh']);
});

test('a mistake in what one client is sent costs that client, and nobody else', async () => {
  const { feed, begin, sink, publish } = await subscribe(['main']);
  const failing = new Taker();
  const { subscription, guard, socket } = subscriptionOf(feed, failing);
  subscription.begin(filterOf({}));
  begin();
  failing.write = () => {
    throw new TypeError('a mistake');
  };
  await publish('main', 2);
  expect([guard.failures, socket.destroyed]).toStrictEqual([1, true]);
  expect(sink.short).toStrictEqual(['main 1', 'main fresh', 'main 2']);
});
