import { expect, test } from '@jest/globals';
import type { MonitorOptions } from '@mediamtx-monitor/client';
import type { StreamRecord } from '@mediamtx-monitor/types';
import { FleetFeed } from '../../src/data/feed.ts';
import { snapshot, stream } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

const TICKS = 43_200;
const TICK_MS = 2_000;
/** A stream ends and another begins each 20 minutes; a server gives way to another each 4 hours. */
const STREAM_TICKS = 600;
const SERVER_TICKS = 7_200;

/** One stream that stays, and one of many that come and go. */
function streamsAt(tick: number, server: string): readonly StreamRecord[] {
  return [
    stream({ server, name: 'stays' }),
    stream({ server, name: `guest-${Math.floor(tick / STREAM_TICKS)}` }),
  ];
}

test('a day of ticks leaves no more behind than 10 minutes do', () => {
  const timers = testTimers();
  let listeners: MonitorOptions = { url: '' };
  let draw = (): void => undefined;
  const feed = new FleetFeed(undefined, {
    url: '',
    connect: (options) => {
      listeners = options;
      return {
        state: { state: 'open', transport: 'websocket' },
        subscribe: () => undefined,
        latest: () => undefined,
        ageMs: () => 100,
        isStale: () => false,
        silentMs: () => 0,
        silence: () => 'fresh',
        hostAgeMs: () => null,
        isHostStale: () => false,
        close: () => undefined,
      };
    },
    onNextPicture: (run) => {
      draw = run;
    },
    everySecond: () => () => undefined,
    after: timers.after,
    monotonicMs: timers.monotonicMs,
  });
  const seen = new Map<string, StreamRecord>();
  for (let tick = 0; tick < TICKS; tick += 1) {
    if (tick % SERVER_TICKS === 0) listeners.onState?.({ state: 'open', transport: 'websocket' });
    for (const server of ['main', `edge-${Math.floor(tick / SERVER_TICKS)}`]) {
      const streams = streamsAt(tick, server);
      for (const one of streams) seen.set(`${one.server}/${one.name}`, one);
      const publishedAt = new Date(tick * TICK_MS).toISOString();
      listeners.onStreams?.(snapshot(streams, { server, seq: tick, publishedAt }));
    }
    draw();
    timers.pass(TICK_MS);
  }
  expect(seen.size).toBeGreaterThan(100);
  expect([...feed.fleet.value.servers.keys()]).toStrictEqual(['main', 'edge-5']);
  expect(feed.measured.ages.value.size).toBe(2);
  const kept = [...seen.values()].flatMap(({ server, name }) => {
    const { length } = feed.history.samples(server, name).times;
    return length === 0 ? [] : [[server, name, length]];
  });
  expect(kept).toStrictEqual([
    ['main', 'stays', 300],
    ['edge-5', 'stays', 300],
    ['main', 'guest-71', 300],
    ['edge-5', 'guest-71', 300],
  ]);
});
