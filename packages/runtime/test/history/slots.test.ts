import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { HISTORY, HISTORY_HEALTHS, type HistoryField, type HistoryKind } from '@mediamtx-monitor/types';
import { HistoryAggregate, healthOf, stateOf, statusOf, worseStatus } from '../../src/history/aggregate.ts';
import { SLOT_CODECS, SLOTS_VERSION } from '../../src/history/slots.ts';

const KINDS = Object.keys(HISTORY) as HistoryKind[];
const ALL = [0, 1, 2, 3, 4, 5];

test.each(KINDS)('each state and health of a %s is one byte, which is never 0', (kind) => {
  const { states } = HISTORY[kind];
  for (const state of states) {
    for (const health of HISTORY_HEALTHS) {
      const status = statusOf(states, state, health);
      expect(status).toBeGreaterThan(0);
      expect(status).toBeLessThan(256);
      expect([stateOf(states, status), healthOf(status)]).toStrictEqual([state, health]);
    }
  }
  expect(statusOf(states, 'unknown', 'ok')).toBe(0);
  expect([stateOf(states, 0), healthOf(0)]).toStrictEqual([null, null]);
});

test('of two statuses the worse state and the worse health hold', () => {
  const { states } = HISTORY.stream;
  const both = worseStatus(statusOf(states, 'live', 'critical'), statusOf(states, 'stalled', 'ok'));
  expect([stateOf(states, both), healthOf(both)]).toStrictEqual(['stalled', 'critical']);
  expect(worseStatus(0, statusOf(states, 'live', 'ok'))).toBe(statusOf(states, 'live', 'ok'));
});

test('a mean weighs what it is of, and unknown time has no weight', () => {
  const aggregate = new HistoryAggregate(2);
  aggregate.addStatus(1, 30);
  aggregate.addValue(0, 10, 6);
  aggregate.addValue(0, 20, 3);
  const other = new HistoryAggregate(2);
  other.addStatus(1, 30);
  other.addValue(0, 30, 0, 0, 9);
  aggregate.add(other);
  aggregate.add(new HistoryAggregate(2));
  expect([aggregate.mean(0), aggregate.min(0), aggregate.max(0), aggregate.seconds]).toStrictEqual([
    2, 0, 9, 60,
  ]);
  expect([aggregate.mean(1), aggregate.min(1), aggregate.max(1)]).toStrictEqual([null, null, null]);
  aggregate.clear();
  expect([aggregate.mean(0), aggregate.seconds]).toStrictEqual([null, 0]);
});

test.each(KINDS)('a slot of a %s holds all that is kept of it, and zeros are nothing', (kind) => {
  for (const tier of ['30s', '5m'] as const) {
    const codec = SLOT_CODECS[kind][tier];
    const aggregate = codec.blank();
    aggregate.addStatus(2, codec.slotSeconds / 2);
    codec.fields.forEach((_, field) => {
      if (field > 0) aggregate.addValue(field, codec.slotSeconds / 2, 4, 0, 5);
    });
    const bytes = new Uint8Array(codec.keyBytes);
    codec.encode(aggregate, bytes, codec.slotBytes);
    const read = codec.blank();
    codec.addTo(read, bytes, 0, ALL);
    expect(read.seconds).toBe(0);
    codec.addTo(read, bytes, codec.slotBytes, ALL);
    codec.addTo(read, bytes, 2 * codec.slotBytes, ALL);
    expect(read.status).toBe(2);
    expect(read.seconds).toBeCloseTo(codec.slotSeconds / 2, 0);
    expect(read.mean(0)).toBeNull();
    codec.fields.forEach(({ scale, offsets }, field) => {
      if (field === 0) return;
      const near = (value: number): number => scale.decode(scale.encode(value));
      expect(read.mean(field)).toBeCloseTo(near(4), 9);
      expect(read.min(field)).toBe(offsets.min === undefined ? near(4) : 0);
      expect(read.max(field)).toBe(offsets.max === undefined ? near(4) : near(5));
    });
  }
});

test('a string of another length or format is not ours', () => {
  const codec = SLOT_CODECS.stream['30s'];
  const bytes = new Uint8Array(codec.keyBytes);
  expect(codec.isOurs(bytes)).toBe(false);
  bytes[codec.keyBytes - 1] = 1;
  expect(codec.isOurs(bytes)).toBe(true);
  expect(codec.isOurs(bytes.subarray(1))).toBe(false);
});

// Slots of another length are told apart by it. Where those of the same length come to mean something else, SLOTS_VERSION
// is raised, or what stands in Redis is misread.
test('what is stored is laid out as it was since this version', () => {
  const layouts = KINDS.map((kind) => {
    const { states, fields } = HISTORY[kind];
    const meaning = Object.entries<HistoryField>(fields).map(([name, { scale, kept }]) => [
      name,
      scale,
      kept,
    ]);
    const digest = createHash('sha256')
      .update(JSON.stringify([states, HISTORY_HEALTHS, meaning]))
      .digest('hex');
    const lengths = (['30s', '5m'] as const).map((tier) => SLOT_CODECS[kind][tier].slotBytes);
    return [kind, ...lengths, digest.slice(0, 8)];
  });
  expect([SLOTS_VERSION, ...layouts]).toStrictEqual([
    1,
    ['stream', 8, 17, 'b4edbbac'],
    ['server', 10, 26, 'd2d2c3e0'],
    ['host', 10, 26, '1937c6d6'],
  ]);
});
