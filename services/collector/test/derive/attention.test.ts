import { expect, test } from '@jest/globals';
import { streamRecord } from '@mediamtx-monitor/testkit';
import { MAX_ATTENTION, MAX_ATTENTION_BYTES, type Reason } from '@mediamtx-monitor/types';
import { attentionOf } from '../../src/derive/attention.ts';
import { ticker } from './facts.ts';

const reason = (severity: Reason['severity'], since: string, detail: string | null = null): Reason => ({
  ...{ code: 'off-air', severity, measured: null, limit: null, since: `2026-01-01T${since}Z`, detail },
});
const troubled = (name: string, ...reasons: Reason[]) =>
  streamRecord({ name, state: 'idle', health: reasons[0]?.severity ?? 'ok', reasons });

test('names the streams that have a reason, with what they do and all of their reasons', () => {
  const both = [reason('critical', '10:00:00'), reason('warning', '09:00:00')];
  expect(attentionOf([troubled('cam', ...both), streamRecord({ name: 'well' })])).toStrictEqual({
    count: 1,
    worst: [{ name: 'cam', state: 'idle', health: 'critical', reasons: both }],
  });
  expect(attentionOf([])).toStrictEqual({ count: 0, worst: [] });
});

test('critical ones come first, then what has been wrong for longer, then by name', () => {
  const streams = [
    troubled('a', reason('warning', '08:00:00')),
    troubled('b', reason('critical', '11:00:00'), reason('warning', '07:00:00')),
    troubled('c', reason('critical', '10:00:00')),
    troubled('d', reason('critical', '10:00:00')),
  ];
  expect(attentionOf(streams).worst.map(({ name }) => name)).toStrictEqual(['c', 'd', 'b', 'a']);
});

test('of more than a head has room for all are counted and the worst named', () => {
  const warnings = Array.from({ length: MAX_ATTENTION }, (_, index) =>
    troubled(`w${index}`, reason('warning', '10:00:00')),
  );
  const { count, worst } = attentionOf([...warnings, troubled('z', reason('critical', '11:00:00'))]);
  expect([count, worst.length, worst[0]?.name]).toStrictEqual([MAX_ATTENTION + 1, MAX_ATTENTION, 'z']);
});

test('long names and details take no more bytes than a head has room for', () => {
  const long = Array.from({ length: 400 }, (_, index) =>
    troubled(`${'ü'.repeat(500)}${index}`, reason('critical', '10:00:00', '"'.repeat(100))),
  );
  const { count, worst } = attentionOf(long);
  const bytes = Buffer.byteLength(JSON.stringify(worst));
  expect(count).toBe(400);
  expect(bytes).toBeLessThanOrEqual(MAX_ATTENTION_BYTES);
  expect(bytes).toBeGreaterThan(MAX_ATTENTION_BYTES - 2_000);
});

test('while the path list can’t be read nobody knows how streams are', () => {
  const { tick } = ticker();
  expect(tick({ paths: [] }).attention).toStrictEqual({ count: 0, worst: [] });
  expect(tick({ paths: null }).attention).toBeNull();
});
