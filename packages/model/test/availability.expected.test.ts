import { describe, expect, test } from '@jest/globals';
import type { StoredEvent } from '@mediamtx-monitor/types';
import { at, event, inWindow, OBSERVED, reportOf, WINDOW } from './support/availability.ts';

test('hours of expectation are counted where events say so', () => {
  const [item] = reportOf([
    event('stream.online', at(5), { expected: false }),
    event('stream.offline', inWindow(20), { expected: true, liveSince: at(5), state: 'missing' }),
    event('stream.online', inWindow(30), { expected: true }),
    event('stream.health', inWindow(80), { expected: false, from: 'ok', to: 'critical', reasons: [] }),
  ]);
  expect(item?.expected).toStrictEqual({
    uptimeSeconds: 50,
    downtimeSeconds: 10,
    unknownSeconds: 0,
    percent: 83.3333,
    knownPercent: 100,
  });
  expect(item?.worstHealth).toBe('critical');
});

describe('what ran before the first event that tells of a stream counts as expected as that says', () => {
  const gone = event('stream.offline', inWindow(60), {
    expected: true,
    liveSince: inWindow(20),
    state: 'missing',
  });
  const slow = event('stream.health', inWindow(60), { expected: true, from: 'ok', to: 'warning' });
  const live = { server: 'main', stream: 'cam', state: 'live', expected: true } as const;

  test.each([
    ['its first outage', [gone], [], [40, 40, 0, 50]],
    ['a change of health', [slow], [{ ...live, sinceMs: WINDOW.fromMs + 20_000 }], [80, 0, 0, 100]],
    ['an outage while it was not expected', [{ ...gone, expected: false }], [], undefined],
    ['an outage of which that is not known', [{ ...gone, expected: null }], [], undefined],
  ] as const)('%s', (_what, events, streams, expected) => {
    const [item] = reportOf(events as readonly StoredEvent[], { ...OBSERVED, streams });
    const times = item?.expected ?? undefined;
    expect(
      times && [times.uptimeSeconds, times.downtimeSeconds, times.unknownSeconds, times.percent],
    ).toStrictEqual(expected);
  });
});
