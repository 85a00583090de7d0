import { describe, expect, test } from '@jest/globals';
import { startRoutes } from './start-routes.ts';

interface NotificationsBody {
  readonly items: readonly { readonly id: string; readonly n: number }[];
  readonly next: string;
  readonly previous: string | null;
  readonly more: boolean;
  readonly trimmed: boolean;
}

const AT = '2026-01-01T00:00:00.000Z';
const entryOf = (n: number, more: object = {}) => ({
  ...{ messageId: `m${n}`, target: 'phone', targetKind: 'ntfy', kind: 'alerts', madeAt: AT, at: AT },
  ...{ outcome: 'delivered', tries: 1, error: null, firedCount: 1, repeatedCount: 0, resolvedCount: 0 },
  n,
  ...more,
});

async function started(numbers: readonly number[] = []) {
  const bench = await startRoutes();
  const { redis, names } = bench.publisher;
  const add = (n: number, value: unknown = entryOf(n)) =>
    redis.xadd(names.notifications, `${n}-0`, 'json', JSON.stringify(value));
  for (const n of numbers) await add(n);
  const ask = async (query = '') => {
    const answer = await fetch(`${bench.url}/api/notifications${query}`);
    return { status: answer.status, body: (await answer.json()) as NotificationsBody };
  };
  return { ...bench, add, ask };
}

describe('notifications', () => {
  test('are the newest, the newest last, as they are kept', async () => {
    const { ask } = await started([1, 2, 3]);
    const { status, body } = await ask('?limit=2');
    expect(status).toBe(200);
    expect(body.items[0]).toStrictEqual({ id: '2-0', ...entryOf(2) });
    expect({ ...body, items: body.items.map(({ n }) => n) }).toStrictEqual({
      ...{ items: [2, 3], next: '3-0', previous: '2-0', more: true, trimmed: false },
    });
  });

  test('go on behind a cursor, and back before one', async () => {
    const { ask, add } = await started([1, 2, 3]);
    expect((await ask('?since=1-0&limit=1')).body).toMatchObject({
      items: [{ n: 2 }],
      next: '2-0',
      more: true,
    });
    expect((await ask('?until=2-0')).body).toMatchObject({ items: [{ n: 1 }], previous: null });
    expect((await ask('?since=3-0')).body).toMatchObject({ items: [], next: '3-0', more: false });
    await add(4);
    expect((await ask('?since=3-0')).body.items.map(({ n }) => n)).toStrictEqual([4]);
    expect((await ask('?since=9-0')).body).toMatchObject({ items: [], next: '4-0', trimmed: true });
  });

  test('that are none are left out, and a dead one keeps its message, however long', async () => {
    const { ask, add } = await started([1]);
    await add(2, 'text');
    await add(3, { id: 'x', ...entryOf(3) });
    await add(4, { ...entryOf(4), at: 7 });
    const message = {
      id: 'm5',
      fired: Array.from({ length: 1_500 }, (_, n) => ({ n, text: 'x'.repeat(500) })),
    };
    await add(5, entryOf(5, { outcome: 'dead', error: 'HTTP 500', message }));
    const { body } = await ask();
    expect(body.items.map(({ n }) => n)).toStrictEqual([1, 5]);
    expect(body.items[1]).toMatchObject({ outcome: 'dead', message });
  });

  test('are none where nothing was ever sent', async () => {
    const { ask } = await started();
    expect((await ask()).body).toStrictEqual({
      ...{ items: [], next: '0-0', previous: null, more: false, trimmed: false },
    });
    expect((await ask('?since=x')).status).toBe(400);
  });
});
