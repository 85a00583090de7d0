import { expect, test } from '@jest/globals';
import { type MessageOutcome, deliveryOf, testOutcome, undelivered } from '../../src/model/deliveries.ts';

const delivery = (id: number, fields: Partial<MessageOutcome> = {}): MessageOutcome => ({
  ...{ id: `${id}-0`, messageId: `m${id}`, target: 'phone', targetKind: 'ntfy', kind: 'alerts' },
  ...{ madeAt: '2026-01-01T00:00:00.000Z', at: '2026-01-01T00:00:10.000Z', outcome: 'dead', tries: 301 },
  ...{ error: 'HTTP 500', firedCount: 1, repeatedCount: 0, resolvedCount: 0 },
  ...fields,
});
const ids = (deliveries: readonly MessageOutcome[]): readonly string[] => deliveries.map(({ id }) => id);

test('what could not be delivered is listed once, the newest first, until it was delivered after all', () => {
  const again = delivery(4, { messageId: 'm1' });
  const late = delivery(5, { messageId: 'm2', outcome: 'delivered' });
  const fine = delivery(3, { outcome: 'delivered' });
  expect(ids(undelivered([delivery(1), delivery(2), fine]))).toStrictEqual(['2-0', '1-0']);
  expect(ids(undelivered([delivery(1), delivery(2), fine, again, late]))).toStrictEqual(['4-0']);
});

test('the same message to another target is another', () => {
  const other = delivery(2, { messageId: 'm1', target: 'mail', outcome: 'delivered' });
  expect(ids(undelivered([delivery(1), other]))).toStrictEqual(['1-0']);
});

test('of many the newest 20 are listed', () => {
  const listed = undelivered(Array.from({ length: 100 }, (_, id) => delivery(id)));
  expect([listed.length, listed[0]?.id, listed.at(-1)?.id]).toStrictEqual([20, '99-0', '80-0']);
});

test('of a test counts what came after it was sent, for this target', () => {
  const before = [delivery(1, { kind: 'test' })];
  const others = [delivery(2, { kind: 'test', target: 'mail' }), delivery(3)];
  const outcome = delivery(4, { kind: 'test', outcome: 'delivered' });
  expect(testOutcome('phone', before, before)).toBeUndefined();
  expect(testOutcome('phone', before, [...before, ...others])).toBeUndefined();
  expect(testOutcome('phone', before, [...before, ...others, outcome])).toBe(outcome);
  expect(testOutcome('phone', undefined, [outcome])).toBeUndefined();
});

test('messages themselves aren’t kept', () => {
  expect(deliveryOf({ ...delivery(1), message: { title: 'x' } })).toStrictEqual(delivery(1));
});
