import { describe, expect, test } from '@jest/globals';
import { liveStream, lossReason, srtConnection as srt } from '@mediamtx-monitor/testkit';
import { type ConnectionRecord, STREAM_STATES } from '@mediamtx-monitor/types';
import { assessStream, connectionsOf, isCounted, isResting, readersOf } from '../src/index.ts';
import { slow } from './support/assessed.ts';

const message = (connections: readonly ConnectionRecord[], missing: readonly string[] = []) => ({
  connections,
  missing,
  publishedAt: '1970-01-01T00:00:01.000Z',
});

test('of a stream whose server is heard of, its health and reasons are believed, the worst first', () => {
  const critical = lossReason({ severity: 'critical' });
  const ill = liveStream({ health: 'critical', reasons: [lossReason(), critical] });
  expect(assessStream(ill, false)).toStrictEqual({
    stream: ill,
    health: 'critical',
    reasons: [critical, lossReason()],
    stale: false,
  });
});

test('of one whose data is too old, neither', () => {
  const ill = liveStream({ health: 'critical', reasons: [lossReason()] });
  expect(assessStream(ill, true)).toStrictEqual({ stream: ill, health: 'unknown', reasons: [], stale: true });
});

test('what isn’t live and not ill is at rest', () => {
  expect(STREAM_STATES.filter((state) => isResting('ok', state))).toStrictEqual([
    'idle',
    'waiting',
    'stalled',
    'standby',
    'missing',
  ]);
  for (const health of ['warning', 'critical', 'unknown'] as const) {
    expect(isResting(health, 'idle')).toBe(false);
  }
});

test('nobody counts viewers of what isn’t listed or can’t be read', () => {
  expect(STREAM_STATES.filter((state) => !isCounted({ state }))).toStrictEqual(['unknown', 'missing']);
  expect(readersOf({ state: 'idle', readers: 0 })).toBe(0);
  expect(readersOf({ state: 'missing', readers: 0 })).toBeNull();
});

describe('who is there', () => {
  test('one brings, others take, the worst first', () => {
    const { publisher, viewers, isPartial } = connectionsOf(
      message([
        srt({ id: 'late', since: '2026-01-02T00:00:00.000Z' }),
        srt({ id: 'pub', role: 'publish' }),
        srt({ id: 'early' }),
        slow('slow'),
        srt({ id: 'idle', role: 'idle' }),
        srt({ id: 'elsewhere', stream: 'camera' }),
        srt({ id: 'timeless', since: null }),
      ]),
      'cam',
    );
    expect(publisher?.id).toBe('pub');
    expect(viewers.map(({ id }) => id)).toStrictEqual(['slow', 'timeless', 'early', 'late']);
    expect(isPartial).toBe(false);
  });

  test('in one order, however they are listed', () => {
    const at = (id: string, since: string | null) => srt({ id, since });
    const [NOON, LATER] = ['2026-01-01T12:00:00.000Z', '2026-01-01T12:00:05.000Z'];
    const sorted = [at('a', null), at('d', null), at('b', NOON), at('e', NOON), at('c', LATER)];
    for (const first of sorted) {
      const others = sorted.filter((one) => one !== first);
      for (const listed of [
        [first, ...others],
        [...others, first],
        [first, ...others.reverse()],
      ]) {
        expect(connectionsOf(message(listed), 'cam').viewers).toStrictEqual(sorted);
      }
    }
  });

  test('perhaps nobody', () => {
    const nobody = {
      publisher: undefined,
      viewers: [],
      isPartial: false,
      asOf: '1970-01-01T00:00:01.000Z',
    };
    expect(connectionsOf(message([]), 'cam')).toStrictEqual(nobody);
  });

  test('is known in part only while a list of connections can’t be read', () => {
    const partial = (...missing: string[]) => connectionsOf(message([], missing), 'cam').isPartial;
    expect(partial('srtconns')).toBe(true);
    expect(partial('info', 'paths')).toBe(false);
  });
});
