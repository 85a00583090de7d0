import { describe, expect, test } from '@jest/globals';
import type { LiveMonitor, MonitorOptions } from '@mediamtx-monitor/client';
import type { ServersMessage } from '@mediamtx-monitor/types';
import { FleetFeed, MANY_SERVERS } from '../../src/data/feed.ts';
import { serversMessage, snapshot, stream } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

const OPEN = { state: 'open', transport: 'websocket' } as const;

interface TestMonitor {
  readonly options: MonitorOptions;
  /** What it was asked for, one after the other. */
  readonly asked: Pick<MonitorOptions, 'topics' | 'server'>[];
  readonly stale: Set<string>;
  isClosed: boolean;
}

/** A feed whose messages come when the test says so. */
function startFeed() {
  const monitors: TestMonitor[] = [];
  const frames: (() => void)[] = [];
  const { after, pass, monotonicMs } = testTimers();
  let second = (): void => undefined;
  const feed = new FleetFeed(undefined, {
    url: '',
    connect: (options): LiveMonitor => {
      const { topics, server } = options;
      const monitor: TestMonitor = {
        options,
        asked: [{ topics, server }],
        stale: new Set(),
        isClosed: false,
      };
      monitors.push(monitor);
      return {
        ...{ state: OPEN, latest: () => undefined, hostAgeMs: () => 0, isHostStale: () => false },
        ...{ ageMs: () => 0, silentMs: () => 0, silence: () => 'fresh' },
        isStale: (server) => monitor.stale.has(server),
        subscribe: (next) => monitor.asked.push({ topics: next.topics, server: next.server }),
        close: () => {
          monitor.isClosed = true;
        },
      };
    },
    after,
    monotonicMs,
    onNextPicture: (run) => frames.push(run),
    everySecond: (run) => {
      second = run;
    },
  });
  const [fleet] = monitors;
  const draw = (): void => {
    for (const run of frames.splice(0)) run();
  };
  return {
    feed,
    pass,
    draw,
    second: () => {
      second();
    },
    fleet: fleet as TestMonitor,
    chosen: () => monitors[1],
    /** Heads of so many servers, and then how old they are, as the API tells them on connect. */
    heads: (count: number) => {
      const ids = Array.from({ length: count }, (_, index) => `s${index}`);
      for (const server of ids) fleet?.options.onServers?.(headOf(server));
      for (const server of ids) fleet?.options.onStatus?.({ server, ageMs: 0, stale: false });
      draw();
      pass(500);
    },
  };
}

const headOf = (server: string): ServersMessage => serversMessage(snapshot([], { server }));

const topics = ({ asked }: TestMonitor) => asked.map((one) => one.topics?.[0]);

describe('a few servers', () => {
  test('are followed with all their streams once they are counted, over the one connection', () => {
    const { heads, fleet, feed, chosen } = startFeed();
    expect(topics(fleet)).toStrictEqual(['servers']);
    heads(MANY_SERVERS);
    expect(topics(fleet)).toStrictEqual(['servers', 'streams']);
    expect([feed.isLarge.value, chosen()]).toStrictEqual([false, undefined]);
    heads(MANY_SERVERS);
    expect(fleet.asked).toHaveLength(2);
  });

  test('that become many are followed by their heads', () => {
    const { heads, fleet, feed, draw } = startFeed();
    heads(2);
    fleet.options.onStreams?.(snapshot([stream()], { server: 's0' }));
    draw();
    expect(feed.fleet.value.messages.size).toBe(1);
    heads(MANY_SERVERS + 1);
    expect(topics(fleet)).toStrictEqual(['servers', 'streams', 'servers']);
    expect([feed.isLarge.value, feed.fleet.value.messages.size]).toStrictEqual([true, 0]);
    expect(feed.history.samples('s0', 'cam').times).toStrictEqual([]);
  });

  test('of an API that knows no heads are followed with their streams, however many they are', () => {
    const { fleet, feed, pass, draw } = startFeed();
    fleet.options.onState?.(OPEN);
    pass(3_000);
    expect(topics(fleet)).toStrictEqual(['servers', 'streams']);
    for (let index = 0; index <= MANY_SERVERS; index += 1) {
      const server = `s${index}`;
      fleet.options.onStreams?.(snapshot([stream()], { server }));
      fleet.options.onStatus?.({ server, ageMs: 0, stale: false });
    }
    draw();
    expect([feed.isLarge.value, feed.fleet.value.messages.size]).toStrictEqual([false, MANY_SERVERS + 1]);
  });
});

describe('many servers', () => {
  test('are followed by their heads; streams over another connection, of those that are looked at', () => {
    const { heads, fleet, feed, chosen, draw } = startFeed();
    feed.follow(['s1']);
    heads(MANY_SERVERS + 1);
    expect([topics(fleet), feed.fleet.value.servers.size]).toStrictEqual([['servers'], MANY_SERVERS + 1]);
    expect(chosen()?.asked).toStrictEqual([{ topics: ['streams'], server: ['s1'] }]);
    chosen()?.options.onStreams?.(snapshot([stream()], { server: 's1' }));
    chosen()?.options.onStreams?.(snapshot([stream()], { server: 's2' }));
    draw();
    expect([...feed.fleet.value.messages.keys()]).toStrictEqual(['s1']);
    feed.follow(['s2', 's3']);
    expect(chosen()?.asked.at(-1)).toStrictEqual({ topics: ['streams'], server: ['s2', 's3'] });
    expect(feed.fleet.value.messages.size).toBe(0);
    feed.follow([]);
    expect(chosen()?.isClosed).toBe(true);
  });

  test('have streams that are stale when their connection is, though heads go on', () => {
    const { heads, feed, chosen, draw, second } = startFeed();
    feed.follow(['s1']);
    heads(MANY_SERVERS + 1);
    chosen()?.options.onStreams?.(snapshot([stream()], { server: 's1' }));
    draw();
    expect([feed.measured.staleStreams.value.size, feed.measured.stale.value.size]).toStrictEqual([0, 0]);
    chosen()?.stale.add('s1');
    second();
    second();
    expect([...feed.measured.staleStreams.value]).toStrictEqual(['s1']);
    expect(feed.measured.stale.value.size).toBe(0);
  });

  test('are shown twice a second, however often one of them tells something', () => {
    const { heads, fleet, feed, pass } = startFeed();
    heads(MANY_SERVERS + 1);
    let pictures = -1;
    feed.fleet.subscribe(() => (pictures += 1));
    for (let tick = 2; tick < 12; tick += 1) {
      fleet.options.onServers?.({ ...headOf('s1'), seq: tick });
      pass(50);
    }
    expect(pictures).toBe(1);
    expect(feed.fleet.value.servers.get('s1')?.seq).toBe(11);
  });

  test('that become few are followed whole again', () => {
    const { heads, fleet, feed, chosen } = startFeed();
    feed.follow(['s1']);
    heads(MANY_SERVERS + 1);
    fleet.options.onStatus?.({ server: 's8', ageMs: null, stale: true, gone: true });
    expect([topics(fleet), chosen()?.isClosed]).toStrictEqual([['servers', 'streams'], true]);
    expect(feed.isLarge.value).toBe(false);
  });
});
