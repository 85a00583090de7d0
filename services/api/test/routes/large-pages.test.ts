import { expect, test } from '@jest/globals';
import { happening, numbers } from '../happening.ts';
import { startRoutes } from './start-routes.ts';
import { session } from './start-sessions.ts';

const ENTRIES = 300;
const PADDING = 'ä'.repeat(30_000);
/** 8 MiB, the entry with which it has so much, and what stands beside items. */
const MOST_BYTES = 8 * 1_024 * 1_024 + 65_536;

interface Page {
  readonly items: readonly { readonly n: number }[];
  readonly next: string;
  readonly previous: string | null;
  readonly more: boolean;
}

test('a page of large events or sessions ends early, and leads to the others', async () => {
  const bench = await startRoutes();
  const { add } = happening(bench);
  const { redis, names } = bench.publisher;
  const all = numbers(1, ENTRIES);
  await add(all, { padding: PADDING });
  for (const n of all) {
    const record = { ...session(n), n, userAgent: PADDING };
    await redis.xadd(names.sessions, `${n}-0`, 'json', JSON.stringify(record));
  }
  for (const path of ['/api/events?limit=1000', '/api/sessions?limit=1000&state=closed']) {
    for (const isForwards of [true, false]) {
      const pages: (readonly number[])[] = [];
      for (let query: string | undefined = isForwards ? '&since=0-0' : ''; query !== undefined;) {
        const text = await (await fetch(`${bench.url}${path}${query}`)).text();
        expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
        const { items, next, previous, more } = JSON.parse(text) as Page;
        pages.push(items.map(({ n }) => n));
        query = !more ? undefined : isForwards ? `&since=${next}` : `&until=${previous ?? ''}`;
      }
      expect(pages).toHaveLength(3);
      expect((isForwards ? pages : pages.toReversed()).flat()).toStrictEqual(all);
    }
  }
});
