import { describe, expect, test } from '@jest/globals';
import { connectionRecord, eventually } from '@mediamtx-monitor/testkit';
import type { StatusMessage } from '@mediamtx-monitor/types';
import { filterOf, type LiveFilter } from '../../src/live/filter.ts';
import { type Outlet, Subscription } from '../../src/live/subscription.ts';
import type { Message } from '../../src/tick/index.ts';
import { startFeed } from '../bench.ts';
import { headOf, hostsHeadOf, streamOf } from '../publisher.ts';

interface Told {
  readonly type: string;
  readonly server?: string;
  readonly host?: string;
  readonly seq?: number;
  readonly stale?: boolean;
  readonly streams?: readonly { readonly name: string }[];
  readonly connections?: readonly { readonly stream: string }[];
}

/** Takes messages when told to; `room` is how many more it takes. */
class Taker implements Outlet {
  readonly told: Told[] = [];
  /** Of each message that was not made when it was to be written: whether it still waits. */
  readonly waits: (() => boolean)[] = [];
  room = Infinity;
  isMade = true;

  get isFree(): boolean {
    return this.room > 0;
  }

  write(message: Message, isWaiting: () => boolean): boolean {
    if (!this.isMade) this.waits.push(isWaiting);
    if (this.isMade) this.#take(JSON.parse(message.json().toString()) as Told);
    return this.isMade;
  }

  writeStatus(status: StatusMessage): void {
    this.#take(status);
  }

  /** `main 5` for a tick, `main connections 5` for one of another topic, `main stale` for a status. */
  get short(): string[] {
    return this.told.map(({ type, server, host, seq, stale }) => {
      const subject = server ?? `host ${host ?? ''}`;
      if (type === 'status') return `${subject} ${stale === true ? 'stale' : 'fresh'}`;
      return type === 'streams' ? `${subject} ${seq ?? ''}` : `${subject} ${type} ${seq ?? ''}`;
    });
  }

  #take(told: Told): void {
    this.told.push(told);
    this.room -= 1;
  }
}

/** A subscriber of a feed that has a tick of each of these servers. */
async function subscribe(servers: readonly string[], asked: Partial<LiveFilter> = {}) {
  const bench = await startFeed();
  const { feed, publisher } = bench;
  const outlet = new Taker();
  let skipped = 0;
  const subscription = new Subscription({
    feed,
    filter: filterOf(asked),
    outlet,
    onSkipped: () => {
      skipped += 1;
    },
  });
  feed.subscribe((news) => {
    subscription.hear(news);
  });
  const publish = async (server: string, seq: number): Promise<void> => {
    const cameras = ['cam/1', 'cam/2', 'sport'];
    const records = cameras.map((stream) => connectionRecord({ stream }));
    await publisher.publish(headOf({ server, seq }), cameras.map(streamOf), records);
    await eventually(() => {
      expect(feed.servers.newest('connections', server)?.head?.seq).toBe(seq);
    });
  };
  outlet.room = 0;
  for (const server of servers) await publish(server, 1);
  outlet.room = Infinity;
  return { ...bench, subscription, outlet, publish, skipped: () => skipped };
}

describe('what is told', () => {
  test('at the beginning all that is known, then what comes', async () => {
    const { subscription, outlet, publish, skipped } = await subscribe(['b', 'main']);
    subscription.begin();
    expect(outlet.short).toEqual(['b 1', 'main 1', 'b fresh', 'main fresh']);
    await publish('b', 2);
    expect(outlet.short.slice(4)).toEqual(['b 2']);
    expect(skipped()).toBe(0);
  });

  test('of the topics that were asked for', async () => {
    const { subscription, outlet, publish } = await subscribe(['main'], { topics: ['connections'] });
    subscription.begin();
    await publish('main', 2);
    expect(outlet.short).toEqual(['main connections 1', 'main fresh', 'main connections 2']);
  });

  test('of the server that was asked for, its status included', async () => {
    const { subscription, outlet, publish, clock } = await subscribe(['b', 'main'], { server: 'b' });
    subscription.begin();
    await publish('main', 2);
    await publish('b', 2);
    clock.advance(6_001);
    await eventually(() => {
      expect(outlet.short).toEqual(['b 1', 'b fresh', 'b 2', 'b stale']);
    });
  });

  test('of the streams that were asked for, and their connections', async () => {
    const filter = { topics: ['streams', 'connections'], stream: 'cam/*' } as const;
    const { subscription, outlet } = await subscribe(['main'], filter);
    subscription.begin();
    expect(outlet.told[0]?.streams?.map(({ name }) => name)).toEqual(['cam/1', 'cam/2']);
    expect(outlet.told[1]?.connections?.map(({ stream }) => stream)).toEqual(['cam/1', 'cam/2']);
  });

  test('of hosts all when they were asked for, whatever servers and streams were', async () => {
    const filter = { topics: ['hosts', 'streams'], server: 'b', stream: 'cam/*' } as const;
    const { subscription, outlet, publisher, clock } = await subscribe(['b', 'main'], filter);
    await publisher.publishHost(hostsHeadOf({ host: 'main' }));
    subscription.begin();
    await eventually(() => {
      expect(outlet.short.toSorted()).toEqual(['b 1', 'b fresh', 'host main fresh', 'host main hosts 1']);
    });
    clock.advance(15_001);
    await eventually(() => {
      expect(outlet.short.slice(4).toSorted()).toEqual(['b stale', 'host main stale']);
    });
    subscription.begin(filterOf({ topics: ['hosts'] }));
    expect(outlet.short.slice(6)).toEqual(['host main hosts 1', 'host main stale']);
  });

  test('of no host when they were not asked for', async () => {
    const { subscription, outlet, publisher, feed } = await subscribe(['main']);
    subscription.begin();
    await publisher.publishHost(hostsHeadOf());
    await eventually(() => {
      expect(feed.hosts.fleet().ticks).toHaveLength(1);
    });
    expect(outlet.short).toEqual(['main 1', 'main fresh']);
  });

  test('by a new filter from its beginning on', async () => {
    const { subscription, outlet, publish } = await subscribe(['b', 'main']);
    subscription.begin();
    subscription.begin(filterOf({ server: 'main', topics: ['connections', 'streams'] }));
    expect(outlet.short.slice(4)).toEqual(['main connections 1', 'main 1', 'main fresh']);
    await publish('b', 2);
    await publish('main', 2);
    expect(outlet.short.slice(7)).toEqual(['main 2', 'main connections 2']);
  });
});

describe('a subscriber that is not free', () => {
  test('gets the newest of each server once it is, and only that', async () => {
    const { subscription, outlet, publish, skipped } = await subscribe(['b', 'main']);
    subscription.begin();
    outlet.room = 0;
    for (const seq of [2, 3, 4]) await publish('main', seq);
    await publish('b', 2);
    expect(outlet.told).toHaveLength(4);
    expect(skipped()).toBe(2);
    outlet.room = Infinity;
    subscription.flush();
    expect(outlet.short.slice(4)).toEqual(['main 4', 'b 2']);
    subscription.flush();
    expect(outlet.told).toHaveLength(6);
  });

  test('gets one message each time it is, ticks before statuses', async () => {
    const { subscription, outlet } = await subscribe(['b', 'main']);
    outlet.room = 0;
    subscription.begin();
    for (const told of [1, 2, 3, 4]) {
      outlet.room = 1;
      subscription.flush();
      expect(outlet.told).toHaveLength(told);
    }
    expect(outlet.short).toEqual(['b 1', 'main 1', 'b fresh', 'main fresh']);
  });

  test('is told only the last of several statuses', async () => {
    const { feed, subscription, outlet, publish, clock } = await subscribe(['main']);
    const changes: boolean[] = [];
    feed.subscribe((news) => {
      if (news.kind === 'status') changes.push(news.status.stale);
    });
    subscription.begin();
    outlet.room = 0;
    clock.advance(6_001);
    await eventually(() => {
      expect(changes).toEqual([true]);
    });
    await publish('main', 2);
    clock.advance(6_001);
    await eventually(() => {
      expect(changes).toEqual([true, false, true]);
    });
    outlet.room = Infinity;
    subscription.flush();
    expect(outlet.short.slice(2)).toEqual(['main 2', 'main stale']);
  });

  test('forgets what waited when it asks for something else', async () => {
    const { subscription, outlet } = await subscribe(['b', 'main']);
    outlet.room = 0;
    subscription.begin();
    subscription.begin(filterOf({ server: 'b' }));
    outlet.room = Infinity;
    subscription.flush();
    expect(outlet.short).toEqual(['b 1', 'b fresh']);
  });
});

test('a form that is not made yet holds statuses back, and newer ticks take its place', async () => {
  const { subscription, outlet, publish, skipped } = await subscribe(['main']);
  outlet.isMade = false;
  subscription.begin();
  await publish('main', 2);
  expect(outlet.told).toEqual([]);
  expect(skipped()).toBe(1);
  outlet.isMade = true;
  subscription.flush();
  expect(outlet.short).toEqual(['main 2', 'main fresh']);
});

test('a form that is not made yet is waited for until a newer tick comes, another filter, or the end', async () => {
  const { subscription, outlet, publish } = await subscribe(['main']);
  outlet.isMade = false;
  const waits = (): boolean[] => outlet.waits.map((isWaiting) => isWaiting());
  subscription.begin();
  expect(waits()).toEqual([true]);
  await publish('main', 2);
  expect(waits()).toEqual([false, true]);
  subscription.begin(filterOf({ topics: ['streams', 'connections'] }));
  expect(waits()).toEqual([false, false, true, true]);
  subscription.end();
  expect(waits()).toEqual([false, false, false, false]);
});

test('a filter is held from the beginning to the end, and given up for another', async () => {
  const { feed, subscription, publish } = await subscribe(['main'], { stream: 'cam/*' });
  const isShared = (glob: string): boolean | undefined => {
    const [tick] = feed.servers.fleet().ticks;
    const view = feed.filters.view(glob);
    const shared = tick && view.messageFor(tick)?.isShared;
    view.end();
    return shared;
  };
  expect(isShared('cam/*')).toBe(false);
  subscription.begin();
  expect(isShared('cam/*')).toBe(true);
  await publish('main', 2);
  subscription.begin(filterOf({ stream: 'sport' }));
  expect([isShared('cam/*'), isShared('sport')]).toEqual([false, true]);
  subscription.end();
  expect(isShared('sport')).toBe(false);
});

test('an older tick never follows a newer one, even if its form is made later', async () => {
  const { subscription, outlet, publish } = await subscribe(['main']);
  outlet.isMade = false;
  subscription.begin();
  outlet.isMade = true;
  await publish('main', 2);
  subscription.flush();
  expect(outlet.short).toEqual(['main 2', 'main fresh']);
});

test('a bare array is no message', async () => {
  const { feed, publisher, subscription, outlet, publish, clock } = await subscribe([]);
  await publisher.redis.set(publisher.names.latest('streams', 'main'), '[]');
  clock.advance(2_000);
  await feed.servers.current();
  expect(feed.servers.fleet().ticks).toHaveLength(1);
  subscription.begin();
  expect(outlet.told).toEqual([]);
  await publish('main', 1);
  expect(outlet.short).toEqual(['main 1', 'main fresh']);
});
