import { describe, expect, test } from '@jest/globals';
import { STREAM_STATES, type StreamRecord, type StreamsMessage } from '@mediamtx-monitor/types';
import { type ListedStream, lookOf, StreamLister, urgency } from '../../src/model/streams.ts';
import { reason } from '../support/connections.ts';
import { fleet, listed, snapshot, stream } from '../support/records.ts';

const serversOf = (...streams: readonly StreamRecord[]) => fleet(snapshot(streams)).messages;
const keysOf = (list: readonly ListedStream[]): string[] => list.map(({ key }) => key);

describe('all streams of the fleet', () => {
  test('those of a stale server are of unknown health', () => {
    const both = fleet(
      snapshot([stream({ name: 'a', health: 'critical' })]),
      snapshot([stream({ name: 'a', server: 'other', health: 'ok' })], { server: 'other' }),
    );
    const list = new StreamLister().list(both.messages, new Set(['main']));
    expect(list.map(({ key, health, stale }) => [key, health, stale])).toStrictEqual([
      ['main/a', 'unknown', true],
      ['other/a', 'ok', false],
    ]);
  });

  test('have their reasons, the worst first; old ones none', () => {
    const mild = reason();
    const bad = reason({ code: 'off-air', severity: 'critical' });
    const servers = serversOf(stream({ name: 'a', health: 'critical', reasons: [mild, bad] }));
    expect(new StreamLister().list(servers, new Set())[0]?.reasons).toStrictEqual([bad, mild]);
    expect(new StreamLister().list(servers, new Set(['main']))[0]?.reasons).toStrictEqual([]);
  });

  test('that aren’t live are the last that need an eye, also what only waits or is on its filler', () => {
    const urgencies = (['live', 'idle', 'waiting', 'standby', 'missing'] as const).map((state) =>
      urgency(listed({ state })),
    );
    expect(urgencies).toStrictEqual([3, 4, 4, 4, 4]);
    expect(urgency(listed({ state: 'missing', health: 'warning' }))).toBe(1);
  });

  test('are known by their server too, where there are several', () => {
    const one = snapshot([stream({ name: 'a' })]);
    const other = snapshot([stream({ name: 'b', server: 'other' })], { server: 'other' });
    const labels = (...messages: readonly StreamsMessage[]): string[] =>
      new StreamLister().list(fleet(...messages).messages, new Set()).map(({ label }) => label);
    expect(labels(one)).toStrictEqual(['a']);
    expect(labels(one, other)).toStrictEqual(['main / a', 'other / b']);
  });

  test('carry when their own server was told of', () => {
    const both = fleet(
      snapshot([stream({ name: 'a' })], { publishedAt: '2026-01-01T00:00:02.000Z' }),
      snapshot([stream({ name: 'b', server: 'other' })], {
        server: 'other',
        publishedAt: '2026-01-01T00:00:03.000Z',
      }),
    );
    const list = new StreamLister().list(both.messages, new Set());
    expect(list.map(({ asOf }) => asOf)).toStrictEqual([
      '2026-01-01T00:00:02.000Z',
      '2026-01-01T00:00:03.000Z',
    ]);
  });

  test('of no server there are none', () => {
    expect(new StreamLister().list(fleet().messages, new Set())).toStrictEqual([]);
  });

  test('are in the order in which people count, by name before server', () => {
    const streams = [
      stream({ server: 'b', name: 'cam10' }),
      stream({ server: 'a', name: 'cam2' }),
      stream({ server: 'b', name: 'Cam1' }),
      stream({ server: 'a', name: 'cam1' }),
    ];
    expect(keysOf(new StreamLister().list(serversOf(...streams), new Set()))).toStrictEqual([
      'a/cam1',
      'b/Cam1',
      'a/cam2',
      'b/cam10',
    ]);
  });

  test('keep their order with new numbers, and get a new one with other names', () => {
    const lister = new StreamLister();
    const [x, y] = [stream({ name: 'x' }), stream({ name: 'y' })];
    expect(keysOf(lister.list(serversOf(y, x), new Set()))).toStrictEqual(['main/x', 'main/y']);
    const second = lister.list(serversOf(y, { ...x, readers: 9 }), new Set());
    expect(keysOf(second)).toStrictEqual(['main/x', 'main/y']);
    expect(second[0]?.stream.readers).toBe(9);
    expect(keysOf(lister.list(serversOf(y, stream({ name: 'z' })), new Set()))).toStrictEqual([
      'main/y',
      'main/z',
    ]);
    expect(keysOf(lister.list(serversOf(y), new Set()))).toStrictEqual(['main/y']);
  });
});

test('only what is live looks well; everything else without trouble is at rest, or unknown', () => {
  expect(Object.fromEntries(STREAM_STATES.map((state) => [state, lookOf('ok', state)]))).toStrictEqual({
    live: 'ok',
    idle: 'rest',
    waiting: 'rest',
    stalled: 'rest',
    standby: 'rest',
    missing: 'rest',
    unknown: 'unknown',
  });
});

test.each(STREAM_STATES)('trouble of what is %s looks like trouble', (state) => {
  for (const health of ['warning', 'critical', 'unknown'] as const)
    expect(lookOf(health, state)).toBe(health);
});
