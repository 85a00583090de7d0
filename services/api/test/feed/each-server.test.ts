import { describe, expect, test } from '@jest/globals';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { ALL, only } from '../../src/feed/index.ts';
import { atEnd, type BenchOptions, startFeed } from '../bench.ts';
import { freshTimes, headOf, messageOf, streamOf } from '../publisher.ts';

/** A feed that knows these servers, each after one tick, and of which nobody wants anything. */
async function knowing(servers: readonly string[], options: BenchOptions = {}) {
  const bench = await startFeed({ ...options, isFollowed: false });
  const { feed, publisher } = bench;
  const { names, redis } = publisher;
  let seq = 1;
  const tick = async (server: string, labels: Readonly<Record<string, string>> = {}): Promise<number> => {
    seq += 1;
    const head = headOf({ ...freshTimes(), server, seq, labels });
    await publisher.publish(head, [streamOf(`${server} ${seq}`)]);
    return seq;
  };
  for (const server of servers) await tick(server);
  await eventually(() => {
    expect(feed.servers.heads.map(({ subject }) => subject)).toStrictEqual(servers);
  });
  const heldSeq = (server: string) => feed.servers.newest('streams', server)?.head?.seq;
  /** Channels that the feed listens on beside those that it always does. */
  const followed = async (): Promise<readonly string[]> => {
    const always = [names.servers, names.channel('hosts'), names.channel('alerts')];
    const all = (await redis.pubsub('CHANNELS', `${names.servers.replace(/servers$/, '')}*`)) as string[];
    return all.filter((name) => !always.includes(name)).sort();
  };
  const untilFollowed = (...expected: readonly string[]): Promise<void> =>
    eventually(async () => {
      expect(await followed()).toStrictEqual([...expected].sort());
    });
  const ofMain = [names.channel('streams'), names.onlyMain('streams')];
  return { ...bench, names, redis, ofMain, tick, heldSeq, followed, untilFollowed };
}

describe('what one client wants of one server', () => {
  test('is all that is followed, from its first moment on', async () => {
    const { feed, names, tick, heldSeq, untilFollowed } = await knowing(['a', 'b', 'c']);
    await untilFollowed();
    const choice = only('b');
    feed.hold(['streams'], choice);
    expect(feed.lacks(['streams'], choice)).toBe(true);
    await feed.update(['streams'], choice);
    // Before anything is published: it stood in its key.
    expect([heldSeq('a'), heldSeq('b'), heldSeq('c')]).toStrictEqual([undefined, 3, undefined]);
    await untilFollowed(names.channelOf('streams', 'b'));
    await tick('a');
    const newest = await tick('b');
    await eventually(() => {
      expect(heldSeq('b')).toBe(newest);
    });
    expect(heldSeq('a')).toBeUndefined();
    expect([feed.servers.followedCount('streams'), feed.servers.followedCount('connections')]).toStrictEqual([
      1, 0,
    ]);
  });

  test('of main leaves the others’ messages on the plain channel alone', async () => {
    const bench = await knowing(['a', 'main']);
    const { feed, names, redis, tick, heldSeq, untilFollowed } = bench;
    feed.hold(['streams'], only('main'));
    await untilFollowed(...bench.ofMain);
    // As for a reader of 0.2 that is here, too.
    const head = headOf({ ...freshTimes(), server: 'a', seq: 9 });
    await redis.publish(names.channel('streams'), messageOf(head, [streamOf('a 9')]));
    const newest = await tick('main');
    await eventually(() => {
      expect(heldSeq('main')).toBe(newest);
    });
    expect(feed.servers.known('a')?.head?.seq).toBe(9);
    expect(heldSeq('a')).toBeUndefined();
  });

  test('is let go a minute after it has left, with what was held; another’s stays', async () => {
    const { feed, clock, names, heldSeq, followed, untilFollowed } = await knowing(['a', 'b']);
    const release = feed.hold(['streams'], only('a'));
    feed.hold(['streams'], only('b'));
    await feed.update(['streams'], ALL);
    expect([heldSeq('a'), heldSeq('b')]).toStrictEqual([2, 3]);
    release();
    clock.advance(59_000);
    await eventually(async () => {
      expect(await followed()).toHaveLength(2);
    });
    clock.advance(1_001);
    await untilFollowed(names.channelOf('streams', 'b'));
    expect([heldSeq('a'), heldSeq('b')]).toStrictEqual([undefined, 3]);
    expect(feed.servers.heads.map(({ subject }) => subject)).toStrictEqual(['a', 'b']);
    // And is there again at once when it is wanted again, though nothing was published meanwhile.
    const { ticks } = await feed.servers.current('streams', only('a'));
    expect(ticks.map(({ subject, head }) => [subject, head?.seq])).toStrictEqual([['a', 2]]);
  });
});

describe('a request', () => {
  test('for some servers has those followed for a minute, and no others', async () => {
    const { feed, clock, names, untilFollowed } = await knowing(['a', 'b', 'c']);
    const { ticks } = await feed.servers.current('connections', { isChosen: (server) => server !== 'b' });
    expect(ticks.map(({ subject }) => subject)).toStrictEqual(['a', 'c']);
    await untilFollowed(names.channelOf('connections', 'a'), names.channelOf('connections', 'c'));
    clock.advance(60_001);
    await untilFollowed();
  });

  test('for a server that isn’t there has nothing followed', async () => {
    const { feed, untilFollowed } = await knowing(['a']);
    expect((await feed.servers.current('streams', only('nowhere'))).ticks).toStrictEqual([]);
    await untilFollowed();
    expect(feed.servers.followedCount('streams')).toBe(0);
  });
});

describe('who wants all servers, or those with a label', () => {
  test('gets one that comes, from its first tick on', async () => {
    const bench = await knowing(['a']);
    const { feed, names, tick, heldSeq, untilFollowed } = bench;
    feed.hold(['streams'], ALL);
    await untilFollowed(names.channelOf('streams', 'a'), ...bench.ofMain);
    const seq = await tick('b');
    await eventually(() => {
      expect(heldSeq('b')).toBe(seq);
    });
    await untilFollowed(names.channelOf('streams', 'a'), names.channelOf('streams', 'b'), ...bench.ofMain);
  });

  test('gets one that has the label from then on, and loses it a minute after it hasn’t any more', async () => {
    const { feed, clock, names, tick, heldSeq, untilFollowed } = await knowing(['a', 'b']);
    feed.hold(['streams'], {
      key: 'north',
      isChosen: (server) => feed.servers.labels(server)['site'] === 'north',
    });
    const seq = await tick('b', { site: 'north' });
    await untilFollowed(names.channelOf('streams', 'b'));
    await eventually(() => {
      expect(heldSeq('b')).toBe(seq);
    });
    const last = await tick('b', { site: 'south' });
    await eventually(() => {
      expect(heldSeq('b')).toBe(last);
    });
    clock.advance(60_001);
    await untilFollowed();
    await eventually(() => {
      expect(heldSeq('b')).toBeUndefined();
    });
  });
});

describe('when something breaks', () => {
  test('a subscription that is cut while commands work is made anew, and what was missed is read', async () => {
    const { feed, redis, names, publisher, heldSeq, untilFollowed } = await knowing(['a', 'b']);
    feed.hold(['streams'], only('b'));
    await untilFollowed(names.channelOf('streams', 'b'));
    for (let round = 10; round < 15; round += 1) {
      expect(await redis.call('CLIENT', 'KILL', 'TYPE', 'pubsub')).toBeGreaterThan(0);
      const head = headOf({ ...freshTimes(), server: 'b', seq: round });
      await publisher.publish(head, [streamOf('b')]);
      await eventually(() => {
        expect(heldSeq('b')).toBe(round);
      });
      await untilFollowed(names.channelOf('streams', 'b'));
    }
    expect(heldSeq('a')).toBeUndefined();
  });

  test('a Redis that is started again, empty, is subscribed to again for what is wanted', async () => {
    const server = await startRedisServer();
    atEnd(() => server.stop());
    const { feed, names, tick, heldSeq, untilFollowed } = await knowing(['a', 'b'], {
      redisUrl: server.url,
    });
    feed.hold(['streams'], only('b'));
    await untilFollowed(names.channelOf('streams', 'b'));
    await server.stop();
    await eventually(() => {
      expect(feed.knowsAll).toBe(false);
    });
    await server.start();
    await untilFollowed(names.channelOf('streams', 'b'));
    const seq = await tick('b');
    await eventually(() => {
      expect(heldSeq('b')).toBe(seq);
    });
  });

  test('nothing is let go while Redis is away: what is held is all there is', async () => {
    const server = await startRedisServer();
    atEnd(() => server.stop());
    const { feed, clock, heldSeq, untilFollowed } = await knowing(['a', 'b'], { redisUrl: server.url });
    await feed.servers.current('streams', only('a'));
    expect(heldSeq('a')).toBe(2);
    await server.stop();
    await eventually(() => {
      expect(feed.knowsAll).toBe(false);
    });
    clock.advance(600_000);
    expect(feed.servers.check()).toBeGreaterThan(0);
    expect(heldSeq('a')).toBe(2);
    // Of the other one nothing is known, and nobody says otherwise.
    expect((await feed.servers.current('streams', only('b'))).ticks).toStrictEqual([]);
    expect(feed.servers.hasUnread('streams', only('b'))).toBe(true);
    expect(feed.servers.hasUnread('streams', only('a'))).toBe(false);
    await server.start();
    clock.advance(60_001);
    await eventually(() => {
      expect(heldSeq('a')).toBeUndefined();
    });
    await untilFollowed();
  });
});

describe('a collector of 0.2', () => {
  test('of a server that isn’t main is followed on the channel that it knows, as far as somebody wants it', async () => {
    const bench = await knowing(['a']);
    const { feed, clock, publisher, names, redis, heldSeq, untilFollowed } = bench;
    const publishAsBefore = async (server: string, seq: number): Promise<void> => {
      const head = headOf({ ...freshTimes(), server, seq });
      const message = await publisher.store(head, [streamOf(server)]);
      await redis.publish(names.channel('streams'), message);
    };
    for (const server of ['old', 'older']) await publishAsBefore(server, 1);
    feed.hold(['streams'], only('old'));
    // It isn't known before its keys are looked at, as when it has taken the place of a newer one.
    clock.advance(6_001);
    await eventually(() => {
      expect(feed.servers.heads.map(({ subject }) => subject)).toStrictEqual(['a', 'old', 'older']);
    });
    await untilFollowed(names.channelOf('streams', 'old'), ...bench.ofMain);
    let seq = 1;
    await eventually(async () => {
      seq += 1;
      for (const server of ['old', 'older']) await publishAsBefore(server, seq);
      await eventually(() => {
        const known = ['old', 'older'].map((server) => feed.servers.known(server)?.head?.seq);
        expect(known).toStrictEqual([seq, seq]);
      });
      expect(feed.servers.known('older')?.receivedMs).not.toBeNull();
    });
    expect([heldSeq('old'), heldSeq('older')]).toStrictEqual([seq, undefined]);
    // Its successor publishes heads by themselves: the plain channel is left.
    for (const server of ['old', 'older']) {
      await publisher.publish(headOf({ ...freshTimes(), server, seq: seq + 1 }), [streamOf(server)]);
    }
    await untilFollowed(names.channelOf('streams', 'old'));
  });
});
