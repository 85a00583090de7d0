import { describe, expect, test } from '@jest/globals';
import type { EventSeverity, MonitorEvent } from '@mediamtx-monitor/types';
import { eventMarks, markNear } from '../../src/model/event-marks.ts';

const SPAN = { fromMs: 0, toMs: 900_000 };
const event = (atMs: number, severity: EventSeverity = 'info'): MonitorEvent => ({
  id: `${atMs}-0`,
  type: 'stream.online',
  at: new Date(atMs).toISOString(),
  server: 'main',
  severity,
  since: null,
  unseenSince: null,
  cause: null,
  stream: 'cam',
  sourceType: null,
  expected: null,
});

describe('marks on the axis of time', () => {
  test('stand where it happened, in order; what lies outside has none', () => {
    const marks = eventMarks([event(675_000), event(225_000), event(900_001), event(-1)], SPAN);
    expect(marks.map(({ atMs, place }) => [atMs, place])).toStrictEqual([
      [225_000, 0.25],
      [675_000, 0.75],
    ]);
  });

  test('are one where they couldn’t be told apart, as grave as its worst', () => {
    const marks = eventMarks([event(1_000), event(3_000, 'critical'), event(5_000, 'warning')], SPAN);
    expect(marks).toHaveLength(1);
    expect(marks[0]).toMatchObject({ atMs: 1_000, severity: 'critical' });
    expect(marks[0]?.events).toHaveLength(3);
  });

  test('are never more than can be told apart, however much happened', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => event(index * 450));
    const marks = eventMarks(many, SPAN);
    expect(marks.length).toBeLessThanOrEqual(151);
    expect(marks.flatMap(({ events }) => events)).toHaveLength(2_000);
  });
});

test('a pointer means the nearest mark, if there is one near', () => {
  const marks = eventMarks([event(100_000), event(200_000)], SPAN);
  expect(markNear(marks, 160_000, 100_000)?.atMs).toBe(200_000);
  expect(markNear(marks, 160_000, 10_000)).toBeUndefined();
  expect(markNear([], 0, 1_000)).toBeUndefined();
});
