import { describe, expect, test } from '@jest/globals';
import type { StoredEvent, StreamState } from '@mediamtx-monitor/types';
import { AvailabilityFold, type KnownNow, type StreamNow } from '../src/index.ts';
import {
  at,
  base,
  event,
  inWindow,
  OBSERVED,
  reportOf,
  START,
  times,
  WINDOW,
} from './support/availability.ts';

describe('how a stream ran', () => {
  test('one that came before the window and stayed was up all the time', () => {
    expect(times([event('stream.online', at(5))])).toStrictEqual([100, 0, 0, 100]);
  });

  test('before the first that is told of it nobody knows', () => {
    expect(times([event('stream.online', inWindow(40))])).toStrictEqual([60, 0, 40, 100]);
  });

  test('an outage has its start, length and cause, and ends with the restart', () => {
    const cause = { source: 'last-error', text: 'gone' } as const;
    const [item] = reportOf([
      event('stream.online', at(5)),
      event('stream.offline', inWindow(10), { cause, liveSince: at(5), state: 'idle' }),
      event('stream.restarted', inWindow(30), { gapMs: 20_000 }),
    ]);
    expect(item).toMatchObject({
      uptimeSeconds: 80,
      downtimeSeconds: 20,
      unknownSeconds: 0,
      percent: 80,
      restarts: 1,
      meanTimeBetweenOutagesSeconds: 80,
      outages: [{ kind: 'offline', start: inWindow(10), end: inWindow(30), lengthSeconds: 20, cause }],
    });
  });

  test('one that stalls and then goes is one outage', () => {
    const [item] = reportOf([
      event('stream.online', at(5)),
      event('stream.stalled', inWindow(10)),
      event('stream.offline', inWindow(20), { liveSince: at(5), state: 'idle', cause: base.cause }),
      event('stream.online', inWindow(50)),
    ]);
    expect(item?.outages).toStrictEqual([
      { kind: 'offline', start: inWindow(10), end: inWindow(50), lengthSeconds: 40, cause: null },
    ]);
  });

  test('an outage over the beginning and end of the window counts as far as it lies in it', () => {
    const [item] = reportOf([
      event('stream.online', at(5)),
      event('stream.offline', at(990), { liveSince: at(5), state: 'idle' }),
      event('stream.online', inWindow(10)),
      event('stream.offline', inWindow(90), { liveSince: inWindow(10), state: 'idle' }),
    ]);
    expect(item?.outages.map(({ start, end, lengthSeconds }) => [start, end, lengthSeconds])).toStrictEqual([
      [at(990), inWindow(10), 10],
      [inWindow(90), null, 10],
    ]);
  });

  test('what the first event tells of before counts', () => {
    expect(
      times([event('stream.offline', inWindow(50), { liveSince: inWindow(20), state: 'idle' })]),
    ).toStrictEqual([30, 50, 20, 37.5]);
  });

  test.each<[string, StoredEvent, number]>([
    ['stalls', event('stream.stalled', inWindow(50)), 50],
    ['recovers', event('stream.recovered', inWindow(50), { stalledMs: 10_000 }), 90],
    ['is restarted', event('stream.restarted', inWindow(50), { gapMs: 10_000 }), 90],
    ['is restarted between two ticks', event('stream.restarted', inWindow(50), { gapMs: null }), 100],
  ])('what first %s was live since its server was looked at', (_what, first, up) => {
    const looked = event('server.unobserved', at(5));
    expect(times([looked, first])).toStrictEqual([up, 100 - up, 0, up]);
    const late = times([event('server.unobserved', inWindow(20)), first]);
    expect(late?.slice(0, 3)).toStrictEqual([up - 20, 100 - up, 20]);
    const again = event('server.unobserved', inWindow(20), { unseenSince: inWindow(10) });
    expect(times([looked, again, first])?.[2]).toBe(10);
    const lost = event('events.trimmed', inWindow(20), {
      count: 1,
      since: inWindow(10),
      until: inWindow(20),
    });
    expect(times([looked, lost, first])?.[2]).toBe(20);
  });

  test('and so does what the end of an outage tells of the time before it', () => {
    expect(
      times([
        event('stream.online', at(5)),
        event('events.trimmed', at(20), { count: 1, since: at(10), until: at(20) }),
        event('stream.offline', inWindow(60), {
          since: inWindow(50),
          liveSince: inWindow(20),
          state: 'idle',
        }),
      ]),
    ).toStrictEqual([30, 50, 20, 37.5]);
  });

  test('of what events say nothing of, what is known now does', () => {
    const now = {
      server: 'main',
      stream: 'cam',
      state: 'live',
      sinceMs: WINDOW.fromMs + 30_000,
      expected: null,
    };
    const known: KnownNow = { ...OBSERVED, streams: [now as StreamNow] };
    const changed = event('stream.health', inWindow(60), { from: 'ok', to: 'warning' });
    expect(times([changed], known)).toStrictEqual([70, 0, 30, 100]);
    expect(times([event('stream.online', inWindow(40)), changed], known)).toStrictEqual([60, 0, 40, 100]);
  });

  test('an event that began earlier counts from there', () => {
    expect(
      times([
        event('stream.online', at(5)),
        event('stream.offline', inWindow(60), { since: inWindow(50), liveSince: at(5), state: 'idle' }),
      ]),
    ).toStrictEqual([50, 50, 0, 50]);
  });
});

describe('nobody knows', () => {
  const UP = event('stream.online', at(5));

  test('while the server can’t be read', () => {
    expect(
      times([
        UP,
        event('server.unreachable', inWindow(20), { status: 'down' }),
        event('server.reachable', inWindow(50), { unreachableMs: 30_000 }),
      ]),
    ).toStrictEqual([70, 0, 30, 100]);
  });

  test('where only the end of that is kept', () => {
    expect(times([event('server.reachable', inWindow(50), { unreachableMs: 30_000 }), UP])).toStrictEqual([
      70, 0, 30, 100,
    ]);
  });

  test('while nobody looked', () => {
    expect(
      times([UP, event('server.unobserved', inWindow(50), { unseenSince: inWindow(10) })]),
    ).toStrictEqual([60, 0, 40, 100]);
  });

  test('when in an outage of looking it went', () => {
    const gone = { unseenSince: inWindow(10), liveSince: at(5), state: 'idle' };
    expect(times([UP, event('stream.offline', inWindow(50), gone)])).toStrictEqual([10, 50, 40, 16.6666]);
  });

  test('after events were lost, until the next', () => {
    expect(
      times([
        UP,
        event('events.trimmed', inWindow(30), { count: 9, since: inWindow(20), until: inWindow(30) }),
        event('stream.offline', inWindow(80), { liveSince: inWindow(60), state: 'idle' }),
      ]),
    ).toStrictEqual([40, 20, 40, 66.6666]);
  });

  test('since the server is silent', () => {
    const until = (observedUntilMs: KnownNow['observedUntilMs']) => ({ ...OBSERVED, observedUntilMs });
    expect(times([UP], until(new Map([['main', WINDOW.fromMs + 25_000]])))).toStrictEqual([25, 0, 75, 100]);
    expect(times([UP], until(new Map()))).toStrictEqual([0, 0, 100, null]);
  });

  const FIRST_LOOK = event('server.unobserved', inWindow(60));
  /** Live since before the window, as MediaMTX says. */
  const live = { server: 'main', stream: 'cam', state: 'live', sinceMs: START, expected: null } as const;
  const gone = event('stream.offline', inWindow(90), { liveSince: at(5), state: 'idle' });

  test.each<[string, readonly StoredEvent[], readonly StreamNow[], readonly unknown[]]>([
    ['what is live now', [FIRST_LOOK], [live], [40, 0, 60, 100]],
    ['what goes', [FIRST_LOOK, gone], [], [30, 10, 60, 75]],
    [
      'where it couldn’t be read then',
      [
        FIRST_LOOK,
        event('server.unreachable', inWindow(60), { status: 'down' }),
        event('server.reachable', inWindow(70), { unreachableMs: 10_000 }),
      ],
      [live],
      [30, 0, 70, 100],
    ],
  ])('before the server was looked at for the first time: %s', (_what, events, streams, expected) => {
    for (const keptSinceMs of [-Infinity, null]) {
      expect(times(events, { ...OBSERVED, streams, keptSinceMs })).toStrictEqual(expected);
    }
  });

  test('what the alerter tells says nothing of when anybody looked', () => {
    const alert = { alert: 'a1', reasons: [], returns: 0 };
    const told = [
      event('alert.firing', inWindow(80), alert),
      event('alert.resolved', inWindow(95), { ...alert, server: '' }),
      event('silence.added', inWindow(96), { silence: 's1' }),
      event('notification.failed', inWindow(99), { server: '', target: 'phone' }),
    ];
    const known = { ...OBSERVED, observedUntilMs: new Map() };
    expect(times([UP, ...told], known)).toStrictEqual(times([UP], known));
    expect(reportOf(told)).toStrictEqual([]);
  });

  test('and where it was forgotten, since the last that is told of it', () => {
    const events = [UP, event('stream.health', inWindow(20), { from: 'ok', to: 'ok' }), FIRST_LOOK];
    expect(times(events)).toStrictEqual([60, 0, 40, 100]);
  });

  test('before the first event of all, unless some were removed: then only before those that are kept', () => {
    const known = { ...OBSERVED, streams: [live] };
    const told = [event('stream.health', inWindow(60), { from: 'ok', to: 'ok' })];
    const timesOf = (events: readonly StoredEvent[]) =>
      [null, -Infinity, WINDOW.fromMs + 10_000, Infinity].map((keptSinceMs) =>
        times(events, { ...known, keptSinceMs }),
      );
    const all = [100, 0, 0, 100];
    const none = [0, 0, 100, null];
    expect(timesOf(told)).toStrictEqual([[40, 0, 60, 100], all, [90, 0, 10, 100], none]);
    expect(timesOf([])).toStrictEqual([none, all, [90, 0, 10, 100], none]);
  });

  test('an outage goes on over such a time, which isn’t part of its length', () => {
    const [item] = reportOf([
      UP,
      event('stream.offline', inWindow(10), { liveSince: at(5), state: 'idle' }),
      event('server.unobserved', inWindow(40), { unseenSince: inWindow(20) }),
      event('stream.online', inWindow(60)),
    ]);
    expect(item?.outages).toStrictEqual([
      { kind: 'offline', start: inWindow(10), end: inWindow(60), lengthSeconds: 30, cause: null },
    ]);
  });
});

describe('of what no event tells, what is known now does', () => {
  const now = (state: StreamState, more: Partial<StreamNow> = {}): KnownNow => ({
    ...OBSERVED,
    streams: [{ server: 'main', stream: 'cam', state, sinceMs: START + 1_040_000, expected: null, ...more }],
  });

  test.each<[StreamState, Partial<StreamNow>, readonly unknown[] | undefined]>([
    ['live', {}, [60, 0, 40, 100]],
    ['stalled', {}, [0, 60, 40, 0]],
    ['missing', {}, [0, 60, 40, 0]],
    ['idle', {}, undefined],
    ['idle', { expected: true }, [0, 60, 40, 0]],
    ['unknown', {}, undefined],
  ])('%s %j', (state, more, expected) => {
    expect(times([], now(state, more))).toStrictEqual(expected);
  });

  test('but not of what events tell', () => {
    expect(times([event('stream.online', at(5))], now('missing'))).toStrictEqual([100, 0, 0, 100]);
  });
});

test('what was ever down is never 100 percent', () => {
  const fold = new AvailabilityFold({ fromMs: START, toMs: START + 86_400_000_000 });
  fold.add(event('stream.online', at(0)));
  fold.add(event('stream.offline', at(50), { liveSince: at(0), state: 'idle' }));
  fold.add(event('stream.restarted', at(51), { gapMs: 1_000 }));
  const known = { ...OBSERVED, observedUntilMs: new Map([['main', Infinity]]) };
  expect([...fold.report(known).items][0]?.percent).toBe(99.9999);
});
