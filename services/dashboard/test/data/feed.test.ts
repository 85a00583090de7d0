import { describe, expect, test } from '@jest/globals';
import type { LiveMonitor, MonitorOptions } from '@mediamtx-monitor/client';
import { FleetFeed } from '../../src/data/feed.ts';
import { hostsMessage } from '../support/hosts.ts';
import { snapshot, stream } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

/** A feed whose messages, frames and seconds come when the test says so. */
function startFeed() {
  const frames: (() => void)[] = [];
  let second = (): void => undefined;
  let options: MonitorOptions | undefined;
  const stale = new Set<string>();
  const { after, pass, monotonicMs } = testTimers();
  const monitor: LiveMonitor = {
    state: { state: 'open', transport: 'websocket' },
    subscribe: () => undefined,
    latest: () => undefined,
    ageMs: () => 1_500,
    silentMs: () => 500,
    silence: (server) => (stale.has(server) ? 'quiet' : 'fresh'),
    hostAgeMs: () => 3_000,
    isHostStale: () => false,
    isStale: (server) => stale.has(server),
    close: () => undefined,
  };
  const feed = new FleetFeed('secret', {
    url: 'http://monitor.example/below/',
    connect: (given) => {
      options = given;
      return monitor;
    },
    after,
    monotonicMs,
    onNextPicture: (run) => frames.push(run),
    everySecond: (run) => {
      second = run;
    },
  });
  return {
    feed,
    stale,
    pass,
    frames,
    listeners: () => options ?? { url: '' },
    drawFrame: () => {
      for (const run of frames.splice(0)) run();
    },
    passSecond: () => {
      second();
    },
  };
}

describe('the feed', () => {
  test('connects where the page is, with the token', () => {
    const { listeners } = startFeed();
    expect(listeners()).toMatchObject({ url: 'http://monitor.example/below/', token: 'secret' });
  });

  test('does without alerts and heads where the API doesn’t know them yet', () => {
    const { listeners } = startFeed();
    expect(listeners()).toMatchObject({
      topics: ['servers', 'hosts', 'alerts'],
      optionalTopics: ['servers', 'alerts'],
    });
  });

  test('shows many messages with one frame, the newest of each server', () => {
    const { feed, listeners, frames, drawFrame } = startFeed();
    listeners().onStreams?.(snapshot([stream({ readers: 1 })], { seq: 1 }));
    listeners().onStreams?.(snapshot([stream({ readers: 2 })], { seq: 2 }));
    listeners().onStreams?.(snapshot([], { server: 'other' }));
    expect(frames).toHaveLength(1);
    expect(feed.fleet.value.servers.size).toBe(0);
    drawFrame();
    expect([...feed.fleet.value.servers.keys()]).toStrictEqual(['main', 'other']);
    expect(feed.fleet.value.servers.get('main')?.seq).toBe(2);
  });

  test('shows hosts too, with their ages', () => {
    const { feed, listeners, drawFrame } = startFeed();
    const before = feed.fleet.value.servers;
    listeners().onHosts?.(hostsMessage());
    drawFrame();
    expect(feed.fleet.value.hosts.get('box')?.hosts[0].host).toBe('box');
    expect(feed.measured.hostAges.value.get('box')).toStrictEqual({ ageMs: 3_000, stale: false });
    expect(feed.fleet.value.servers).toBe(before);
  });

  test('a server or host that is gone goes with all that is shown of it, and comes back with its next message', () => {
    const { feed, listeners, drawFrame } = startFeed();
    listeners().onStreams?.(snapshot([stream()]));
    listeners().onStreams?.(snapshot([stream()], { server: 'other' }));
    listeners().onHosts?.(hostsMessage());
    drawFrame();
    // Of one of them something was about to be drawn.
    listeners().onStreams?.(snapshot([stream()], { server: 'other', seq: 2 }));
    listeners().onStatus?.({ server: 'other', ageMs: 86_400_001, stale: true, gone: true });
    listeners().onHostStatus?.({ host: 'box', ageMs: null, stale: true, gone: true });
    drawFrame();
    expect([...feed.fleet.value.servers.keys()]).toStrictEqual(['main']);
    expect(feed.fleet.value.hosts.size).toBe(0);
    expect([...feed.measured.ages.value.keys(), ...feed.measured.hostAges.value.keys()]).toStrictEqual([
      'main',
    ]);
    expect(feed.history.samples('other', 'cam').times).toStrictEqual([]);
    listeners().onStreams?.(snapshot([stream()], { server: 'other', seq: 3 }));
    drawFrame();
    expect([...feed.fleet.value.servers.keys()]).toStrictEqual(['main', 'other']);
  });

  test('a frame without news changes nothing', () => {
    const { feed, listeners, frames, drawFrame } = startFeed();
    listeners().onStreams?.(snapshot([stream()]));
    const again = frames[0];
    drawFrame();
    const before = feed.fleet.value;
    again?.();
    expect(feed.fleet.value).toBe(before);
  });

  test('knows ages, and which servers are stale; the set changes only with its members', () => {
    const { feed, listeners, drawFrame, passSecond, stale } = startFeed();
    listeners().onStreams?.(snapshot([stream()]));
    drawFrame();
    expect(feed.measured.ages.value.get('main')).toStrictEqual({ ageMs: 1_500, stale: false });
    expect(feed.measured.silenceAges.value.get('main')).toStrictEqual({ silentMs: 500, level: 'fresh' });
    const none = feed.measured.stale.value;
    passSecond();
    expect(feed.measured.stale.value).toBe(none);
    stale.add('main');
    passSecond();
    expect([...feed.measured.stale.value]).toStrictEqual(['main']);
    expect(feed.measured.silenceAges.value.get('main')?.level).toBe('quiet');
  });

  test('changes everything at once, so that nobody sees a part of it', () => {
    const { feed, listeners, drawFrame, stale } = startFeed();
    stale.add('main');
    const seen: number[] = [];
    feed.fleet.subscribe(() => seen.push(feed.measured.stale.peek().size));
    listeners().onStreams?.(snapshot([stream()]));
    drawFrame();
    expect(seen).toStrictEqual([0, 1]);
  });
});

describe('a connection', () => {
  const LOST = { state: 'waiting', retryInMs: 500, code: 'lost', reason: '' } as const;

  test('counts from its first picture on', () => {
    const { feed, listeners, drawFrame } = startFeed();
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    expect(feed.link.value.state).toBe('connecting');
    listeners().onStreams?.(snapshot([stream()]));
    drawFrame();
    expect(feed.link.value.state).toBe('open');
  });

  test('that tells nothing counts after 3 s', () => {
    const { feed, listeners, pass } = startFeed();
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    pass(2_999);
    expect(feed.link.value.state).toBe('connecting');
    pass(1);
    expect(feed.link.value.state).toBe('open');
  });

  test('that came back counts when every server has been told again; trying is no change', () => {
    const { feed, listeners, drawFrame } = startFeed();
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    listeners().onStreams?.(snapshot([stream()]));
    listeners().onStreams?.(snapshot([], { server: 'other' }));
    drawFrame();
    listeners().onState?.(LOST);
    listeners().onState?.({ state: 'connecting' });
    expect(feed.link.value).toBe(LOST);
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    listeners().onStreams?.(snapshot([stream()], { seq: 2 }));
    drawFrame();
    expect(feed.link.value).toBe(LOST);
    listeners().onStreams?.(snapshot([], { server: 'other', seq: 2 }));
    drawFrame();
    expect(feed.link.value.state).toBe('open');
  });

  test('after 5 s is settled: what it didn’t tell of is gone, with its numbers', () => {
    const { feed, listeners, drawFrame, pass } = startFeed();
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    listeners().onStreams?.(snapshot([stream()]));
    listeners().onStreams?.(snapshot([stream({ server: 'gone' })], { server: 'gone' }));
    listeners().onHosts?.(hostsMessage());
    drawFrame();
    pass(5_000);
    expect([feed.isSettled.value, feed.fleet.value.servers.size, feed.fleet.value.hosts.size]).toStrictEqual([
      true,
      2,
      1,
    ]);
    listeners().onState?.(LOST);
    expect(feed.isSettled.value).toBe(false);
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    listeners().onStreams?.(snapshot([stream()], { seq: 2 }));
    drawFrame();
    expect(feed.fleet.value.servers.size).toBe(2);
    pass(5_000);
    expect([...feed.fleet.value.servers.keys()]).toStrictEqual(['main']);
    expect(feed.fleet.value.hosts.size).toBe(0);
    expect(feed.history.samples('gone', 'cam').times).toStrictEqual([]);
    expect(feed.measured.ages.value.size).toBe(1);
  });

  test.each([
    ['is silent', 'silent'],
    ['is cut, as proxies do with what is silent,', 'lost'],
  ] as const)('that has nothing to tell and %s is no loss, unless the next try fails', (_what, code) => {
    const { feed, listeners, pass } = startFeed();
    const silent = { ...LOST, code } as const;
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    pass(60_000);
    for (let minute = 0; minute < 2; minute += 1) {
      listeners().onState?.(silent);
      listeners().onState?.({ state: 'connecting' });
      expect(feed.link.value.state).toBe('open');
      listeners().onState?.({ state: 'open', transport: 'websocket' });
    }
    listeners().onState?.(silent);
    listeners().onState?.(silent);
    expect(feed.link.value).toBe(silent);
  });

  test('says what it comes over, and when that is another', () => {
    const { feed, listeners, pass } = startFeed();
    for (const transport of ['sse', 'websocket'] as const) {
      listeners().onState?.({ state: 'open', transport });
      pass(3_000);
      expect(feed.link.value).toStrictEqual({ state: 'open', transport });
      listeners().onState?.({ ...LOST, code: 'silent' });
    }
  });

  test('whose servers fall silent is lost', () => {
    const { feed, listeners, drawFrame } = startFeed();
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    listeners().onStreams?.(snapshot([stream()]));
    drawFrame();
    listeners().onState?.({ ...LOST, code: 'silent' });
    expect(feed.link.value.state).toBe('waiting');
  });

  test('that tells nothing takes nothing away', () => {
    const { feed, listeners, drawFrame, pass } = startFeed();
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    listeners().onStreams?.(snapshot([stream()]));
    drawFrame();
    listeners().onState?.(LOST);
    listeners().onState?.({ state: 'open', transport: 'websocket' });
    pass(5_000);
    expect(feed.fleet.value.servers.size).toBe(1);
  });
});
