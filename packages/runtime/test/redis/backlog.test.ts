import { beforeEach, describe, expect, test } from '@jest/globals';
import {
  Backlog,
  type BatchContent,
  type DroppedEntries,
  type OutboxEntry,
} from '../../src/redis/backlog.ts';

const BOUNDS = { entries: 10, bytes: 10_000 };
let backlog: Backlog;
beforeEach(() => {
  backlog = new Backlog(replaced, BOUNDS);
});

/** Says what was dropped of the stream `e`. */
function replaced(dropped: ReadonlyMap<string, DroppedEntries>) {
  const events = dropped.get('e');
  return events === undefined ? null : { key: 'e', json: `${events.count}: ${events.first}…${events.last}` };
}

const entry = (json: string, baseline: OutboxEntry['baseline'] = {}): OutboxEntry => ({
  appends: [{ key: 'e', json }],
  baseline,
});
const change = (baseline: OutboxEntry['baseline']): OutboxEntry => ({ appends: [], baseline });

function taken(): { readonly texts: string[]; readonly changes: Record<string, string | null> } | null {
  const batch = backlog.take();
  return batch && { texts: textsOf(batch), changes: Object.fromEntries(batch.baseline) };
}
const textsOf = ({ appends }: BatchContent): string[] => appends.map(({ json }) => json);
const numbered = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_each, index) => String(from + index));

describe('what is taken out', () => {
  test('is in order, with the last change of each field', () => {
    backlog.add([entry('1', { a: '1' }), entry('2', { b: '1' })]);
    backlog.add([entry('3', { a: null })]);
    expect(backlog.size).toBe(3);
    expect(taken()).toStrictEqual({ texts: ['1', '2', '3'], changes: { a: null, b: '1' } });
    expect(backlog.size).toBe(0);
    expect(backlog.bytes).toBe(0);
    expect(taken()).toBeNull();
  });

  test('is bounded in number and in bytes, but at least one', () => {
    const large = new Backlog(replaced);
    large.add(numbered(1, 1_001).map((json) => entry(json)));
    large.add(['x', 'y', 'z'].map((each) => entry(each.repeat(1_000_000))));
    const sizes = [large.take(), large.take(), large.take(), large.take(), large.take()].map(
      (batch) => batch && batch.appends.length,
    );
    expect(sizes).toStrictEqual([1_000, 2, 1, 1, null]);
  });

  test('changes of the baseline alone come after all entries, the newest of each field', () => {
    backlog.add([change({ a: '1', b: '1', c: '1' }), entry('1', { b: '2' }), change({ a: '2' })]);
    expect(taken()).toStrictEqual({ texts: ['1'], changes: { b: '2', c: '1', a: '2' } });
  });

  test('they wait as long as entries do, and are sent piece by piece', () => {
    const large = new Backlog(replaced);
    large.add([change({ a: 'a'.repeat(600_000), b: 'b'.repeat(600_000) })]);
    large.add(numbered(1, 1_001).map((json) => entry(json)));
    const fields = [large.take(), large.take(), large.take(), large.take()].map(
      (batch) => batch && [batch.appends.length, [...batch.baseline.keys()].join()],
    );
    expect(fields).toStrictEqual([[1_000, ''], [1, 'a'], [0, 'b'], null]);
  });
});

describe('what is too much', () => {
  test('has its oldest dropped; one that says so takes their place, and their changes are kept', () => {
    backlog.add(numbered(1, 10).map((json) => entry(json, { a: json, [`x${json}`]: json })));
    backlog.add([entry('11')]);
    expect(backlog.droppedCount).toBe(2);
    // Later drops join the entry that stands there already.
    backlog.add([entry('12'), entry('13')]);
    expect(backlog.size).toBe(10);
    const { texts, changes } = taken() ?? { texts: [], changes: {} };
    expect(texts).toStrictEqual(['4: 1…4', ...numbered(5, 13)]);
    expect(changes).toStrictEqual({
      a: '10',
      ...Object.fromEntries(numbered(1, 10).map((json) => [`x${json}`, json])),
    });
  });

  test('what was taken out meanwhile isn’t touched: drops after it make another entry', () => {
    backlog.add(numbered(1, 11).map((json) => entry(json)));
    expect(taken()?.texts[0]).toBe('2: 1…2');
    backlog.add(numbered(12, 22).map((json) => entry(json)));
    expect(taken()?.texts[0]).toBe('2: 12…13');
    expect(backlog.droppedCount).toBe(4);
  });

  test('is too much in bytes, too', () => {
    backlog.add(['a', 'b', 'c'].map((each) => entry(each.repeat(4_000))));
    expect(backlog.bytes).toBeLessThanOrEqual(BOUNDS.bytes);
    expect(taken()?.texts).toStrictEqual([
      `1: ${'a'.repeat(4_000)}…${'a'.repeat(4_000)}`,
      'b'.repeat(4_000),
      'c'.repeat(4_000),
    ]);
  });

  test('is more than 64 MiB unless told otherwise', () => {
    const large = new Backlog(replaced);
    const texts = ['a', 'b'].map((each) => each.repeat(1024 * 1024));
    large.add(Array.from({ length: 64 }, (_each, index) => entry(texts[Math.min(index, 1)] ?? '')));
    expect([large.droppedCount, large.bytes]).toStrictEqual([0, 64 * 1024 * 1024]);
    large.add([entry('c')]);
    expect([large.droppedCount, large.bytes]).toStrictEqual([1, 63 * 1024 * 1024 + 1]);
    const batch = large.take();
    expect(batch && textsOf(batch)).toStrictEqual([`1: ${texts[0]}…${texts[0]}`, texts[1]]);
  });

  test('what came and went while it waited leaves nothing behind, what was stored is removed', () => {
    backlog.reset(['old']);
    backlog.add([entry('1', { new: '1' }), entry('2', { new: null }), entry('3', { old: null })]);
    backlog.add(numbered(4, 14).map((json) => entry(json)));
    expect(taken()?.changes).toStrictEqual({ old: null });
  });

  test('a field that a batch brought counts as stored, one that it removed doesn’t', () => {
    backlog.reset(['old']);
    backlog.add([entry('1', { new: '1', old: null })]);
    taken();
    backlog.add([entry('2', { new: null, old: null })]);
    backlog.add(numbered(3, 14).map((json) => entry(json)));
    expect(taken()?.changes).toStrictEqual({ new: null });
  });

  test('where nothing tells of it, only the changes stay', () => {
    backlog.add(numbered(1, 11).map((json) => ({ appends: [{ key: 's', json }], baseline: { a: json } })));
    expect(taken()).toStrictEqual({ texts: numbered(3, 11), changes: { a: '11' } });
  });

  test('an entry longer than any batch is told of in its place', () => {
    const large = new Backlog(replaced);
    large.add([entry('1'), entry('x'.repeat(2_000_000), { a: '1' }), entry('3')]);
    const batch = large.take();
    expect(batch && textsOf(batch).map((text) => text.slice(0, 4))).toStrictEqual(['1', '1: x', '3']);
    expect(batch?.baseline.get('a')).toBe('1');
    expect(large.droppedCount).toBe(1);
  });
});

test('a reset lets go of all that waits', () => {
  backlog.add(numbered(1, 12).map((json) => entry(json)));
  backlog.add([change({ a: '1' })]);
  backlog.reset([]);
  expect([backlog.size, backlog.bytes, taken()]).toStrictEqual([0, 0, null]);
});
