import { describe, expect, test } from '@jest/globals';
import type { MessageHead } from '@mediamtx-monitor/types';
import { StreamHistory } from '../../src/data/history.ts';
import { sortStreams } from '../../src/model/selection.ts';
import { listed, missing, snapshot, stream } from '../support/records.ts';

/** A tick each second. */
const at = (second: number, given: Partial<MessageHead> = {}): Partial<MessageHead> => ({
  seq: second,
  publishedAt: new Date(second * 1000).toISOString(),
  ...given,
});

describe('what was seen', () => {
  test('comes back in order, unknown as null', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream({ inboundMbps: 1, rttMs: null })], at(10)));
    history.add(snapshot([stream({ inboundMbps: null, rttMs: 7 })], at(12)));
    const { times, values } = history.samples('main', 'cam');
    expect(times).toStrictEqual([10, 12]);
    expect(values.inboundMbps).toStrictEqual([1, null]);
    expect(values.rttMs).toStrictEqual([null, 7]);
    expect(values.readers).toStrictEqual([1, 1]);
  });

  test('has a place of its own for each number', () => {
    const history = new StreamHistory(4);
    const numbers = { inboundMbps: 1, outboundMbps: 2, readers: 3, rttMs: 4, linkLossPercent: 5 };
    history.add(snapshot([stream(numbers)], at(1)));
    history.add(snapshot([stream(numbers)], at(2)));
    const twice = Object.fromEntries(
      Object.entries(numbers).map(([series, value]) => [series, [value, value]]),
    );
    expect(history.samples('main', 'cam').values).toStrictEqual(twice);
  });

  test('is forgotten from the oldest on when the ring is full', () => {
    const history = new StreamHistory(3);
    for (let second = 1; second <= 7; second += 1) {
      history.add(snapshot([stream({ inboundMbps: second })], at(second)));
    }
    expect(history.samples('main', 'cam').times).toStrictEqual([5, 6, 7]);
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([5, 6, 7]);
    expect([...history.tail('main', 'cam', 'inboundMbps', 2)]).toStrictEqual([6, 7]);
  });

  test('has gaps where a stream was not there yet, or not any more', () => {
    const history = new StreamHistory(4);
    const other = stream({ name: 'other' });
    history.add(snapshot([other], at(1)));
    history.add(snapshot([other, stream()], at(2)));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([null, 4]);
    history.add(snapshot([other], at(3)));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([null, 4, null]);
    history.add(snapshot([other, stream()], at(4)));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([null, 4, null, 4]);
  });

  test('of a stream that isn’t listed any more stays until its numbers have left the ring', () => {
    const history = new StreamHistory(3);
    const other = stream({ name: 'other' });
    history.add(snapshot([other, stream({ inboundMbps: 7 })], at(1)));
    expect(history.gone('main', 'cam')).toBeUndefined();
    // One goes and another comes in the same tick.
    history.add(snapshot([other, stream({ name: 'new' })], at(2)));
    expect(history.gone('main', 'cam')).toMatchObject({
      record: { name: 'cam', inboundMbps: 7 },
      asOf: '1970-01-01T00:00:01.000Z',
    });
    history.add(snapshot([other], at(3)));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([7, null, null]);
    history.add(snapshot([other], at(4)));
    expect([history.gone('main', 'cam'), history.samples('main', 'cam').times]).toStrictEqual([
      undefined,
      [],
    ]);
    expect(history.gone('main', 'new')).toBeDefined();
  });

  test('of a stream that has just gone makes room for that nothing is measured', () => {
    const history = new StreamHistory(3);
    for (const second of [1, 2, 3]) history.add(snapshot([stream({ inboundMbps: second })], at(second)));
    history.add(snapshot([], at(4)));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([2, 3, null]);
  });

  test('of a stream that was gone and is back has what was seen before', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream({ inboundMbps: 1 })], at(1)));
    history.add(snapshot([], at(2)));
    history.add(snapshot([stream({ inboundMbps: 3 })], at(3)));
    expect(history.gone('main', 'cam')).toBeUndefined();
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([1, null, 3]);
  });

  test('of a record that stays while its stream is missing goes on', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream({ inboundMbps: 1 })], at(1)));
    history.add(snapshot([missing()], at(2)));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([1, null]);
    expect(history.gone('main', 'cam')).toBeUndefined();
  });

  test('of streams that come and go is kept for a few only, the last that went', () => {
    const history = new StreamHistory(1_000);
    for (let second = 1; second <= 500; second += 1) {
      history.add(snapshot([stream({ name: `cam${second}` })], at(second)));
    }
    const kept = Array.from({ length: 500 }, (_, index) => `cam${index}`).filter(
      (name) => history.gone('main', name) !== undefined,
    );
    expect(kept).toHaveLength(30);
    expect(kept.at(-1)).toBe('cam499');
  });

  test('readers of a server that can’t be read are unknown', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream({ state: 'unknown', readers: 3 })]));
    expect(history.samples('main', 'cam').values.readers).toStrictEqual([null]);
  });

  test('a tick that comes again counts once', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream()], at(1)));
    history.add(snapshot([stream()], at(1)));
    expect(history.samples('main', 'cam').times).toStrictEqual([1]);
  });

  test('is not joined across ticks that were missed: more than 2.5 intervals are a gap', () => {
    const history = new StreamHistory(9);
    history.add(snapshot([stream({ inboundMbps: 1 })], at(10)));
    history.add(snapshot([stream({ inboundMbps: 2 })], at(15)));
    history.add(snapshot([stream({ inboundMbps: 3 })], at(21)));
    const { times, ticks, values } = history.samples('main', 'cam');
    expect(times).toStrictEqual([10, 15, 17, 19, 21]);
    expect(ticks).toStrictEqual(['1 10', '1 15', '', '', '1 21']);
    expect(values.inboundMbps).toStrictEqual([1, 2, null, null, 3]);
    expect([...history.tail('main', 'cam', 'inboundMbps', 3)]).toStrictEqual([NaN, NaN, 3]);
  });

  test('has a gap as long as the interval that its server said', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream({ inboundMbps: 1 })], at(10, { intervalMs: 10_000 })));
    history.add(snapshot([stream({ inboundMbps: 2 })], at(35, { intervalMs: 10_000 })));
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([1, 2]);
  });

  test('stays in view when a gap is long', () => {
    const history = new StreamHistory(40);
    history.add(snapshot([stream({ inboundMbps: 1 })], at(10)));
    history.add(snapshot([stream({ inboundMbps: 2 })], at(10_000)));
    const { times, values } = history.samples('main', 'cam');
    expect([times[0], times.at(-1), times.length]).toStrictEqual([10, 10_000, 32]);
    expect(values.inboundMbps.filter((value) => value !== null)).toStrictEqual([1, 2]);
  });

  test.each([
    ['back', 40],
    ['on', 4_000],
  ])('goes on as time did here when the server’s clock was set %s', (_where, second) => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream({ inboundMbps: 1 })], at(100, { seq: 1 })), 5_000);
    history.add(snapshot([stream({ inboundMbps: 2 })], at(second, { seq: 2 })), 7_000);
    history.add(snapshot([stream({ inboundMbps: 3 })], at(second + 2, { seq: 3 })), 9_000);
    expect(history.samples('main', 'cam').times).toStrictEqual([100, 102, 104]);
    expect(history.samples('main', 'cam').values.inboundMbps).toStrictEqual([1, 2, 3]);
  });

  test('stands where it was published when ticks come late and all at once', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream()], at(10)), 0);
    for (const second of [12, 14, 16]) history.add(snapshot([stream()], at(second)), 60_000);
    expect(history.samples('main', 'cam').times).toStrictEqual([10, 12, 14, 16]);
  });

  test('of other servers can be forgotten', () => {
    const history = new StreamHistory(4);
    history.add(snapshot([stream()]));
    history.add(snapshot([stream()], { server: 'gone' }));
    history.keepOnly(new Set(['main']));
    expect(history.samples('main', 'cam').times).toHaveLength(1);
    expect(history.samples('gone', 'cam').times).toStrictEqual([]);
  });

  test('of what was never seen there is nothing', () => {
    const history = new StreamHistory(4);
    expect(history.samples('main', 'cam').times).toStrictEqual([]);
    expect(history.tail('main', 'cam', 'inboundMbps', 9)).toHaveLength(0);
  });
});

test('viewers that nobody counts are a gap in charts, and sorted by viewers their stream comes last', () => {
  const history = new StreamHistory();
  history.add(snapshot([missing()]));
  expect(history.samples('main', 'cam').values.readers).toStrictEqual([null]);
  const idle = listed({ name: 'idle', state: 'idle', readers: 0 });
  const sorted = sortStreams([listed(missing()), idle], { key: 'readers', descending: false });
  expect(sorted.map(({ stream }) => stream.name)).toStrictEqual(['idle', 'cam']);
});
