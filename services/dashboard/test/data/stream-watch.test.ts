import { describe, expect, test } from '@jest/globals';
import type { MonitorOptions } from '@mediamtx-monitor/client';
import { alignSamples, StreamWatch } from '../../src/data/stream-watch.ts';
import { srt } from '../support/connections.ts';
import { connectionsMessage } from '../support/records.ts';
import { testTimers } from '../support/timers.ts';

function start(name = 'cam') {
  let options: MonitorOptions = { url: '' };
  let closed = false;
  const watch = new StreamWatch(
    { server: 'main', name },
    { token: 'secret', transport: 'sse' },
    {
      url: 'http://monitor.example',
      after: testTimers().after,
      connect: (given) => {
        options = given;
        return {
          state: { state: 'open', transport: 'websocket' },
          subscribe: () => undefined,
          latest: () => undefined,
          ageMs: () => null,
          silentMs: () => 0,
          silence: () => 'fresh',
          hostAgeMs: () => null,
          isHostStale: () => false,
          isStale: () => false,
          close: () => {
            closed = true;
          },
        };
      },
    },
  );
  return { watch, options: () => options, closed: () => closed };
}

describe('one stream from close by', () => {
  test('asks for its connections only, and ends that', () => {
    const { watch, options, closed } = start('studio/cam');
    expect(options()).toMatchObject({
      topics: ['connections'],
      server: 'main',
      stream: 'studio/cam',
      token: 'secret',
      transport: 'sse',
    });
    watch.close();
    expect(closed()).toBe(true);
  });

  test('knows who is there, and remembers its publisher', () => {
    const { watch, options } = start();
    expect(watch.connections.value).toBeUndefined();
    options().onConnections?.(
      connectionsMessage([srt({ role: 'publish' }, { rttP95Ms: 33, linkLossPercent: 2 })], 1),
    );
    options().onConnections?.(connectionsMessage([], 1));
    options().onConnections?.(connectionsMessage([], 3));
    expect(watch.connections.value?.publisher).toBeUndefined();
    expect(watch.samples).toStrictEqual([
      { tick: '1 1', rttP50Ms: 10, rttP95Ms: 33, lossPercent: 2 },
      { tick: '1 3', rttP50Ms: null, rttP95Ms: null, lossPercent: null },
    ]);
  });

  test('remembers no more than what fits', () => {
    const { watch, options } = start();
    for (let second = 1; second <= 400; second += 1)
      options().onConnections?.(connectionsMessage([], second));
    expect(watch.samples).toHaveLength(300);
    expect(watch.samples[0]?.tick).toBe('1 101');
  });
});

test('a publisher’s numbers stand beside the stream’s ticks; what was missed is unknown', () => {
  const sample = (tick: string, value: number) => ({
    tick,
    rttP50Ms: value,
    rttP95Ms: value,
    lossPercent: value,
  });
  const columns = alignSamples(
    ['1 1', '1 2', '', '1 3'],
    [sample('1 2', 20), sample('1 3', 30), sample('1 4', 40)],
  );
  expect(columns.rttP95Ms).toStrictEqual([null, 20, null, 30]);
  expect(columns.lossPercent).toStrictEqual([null, 20, null, 30]);
});
