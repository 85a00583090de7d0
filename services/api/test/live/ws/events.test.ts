import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { happening, messageAbout, numbers, numbersIn } from '../../happening.ts';
import { connectClient } from './client.ts';
import { startSockets } from './server.ts';
import { publishing } from './serving.ts';

const PADDING = 'x'.repeat(10_000);
const COUNT = 1_000;

/** WebSockets that have events, and how to add some. */
async function withEvents() {
  const bench = await startSockets();
  await eventually(() => {
    expect(bench.feed.log('events')?.isReady).toBe(true);
  });
  return { ...bench, ...happening(bench, bench.feed) };
}

const parsed = ({ messages }: { readonly messages: readonly string[] }): unknown[] =>
  messages.map((text): unknown => JSON.parse(text));

test('a client that reads slowly gets every event in order, one that reads at once doesn’t wait for it', async () => {
  const { url, add, connections } = await withEvents();
  await add([1]);
  const quick = await connectClient(url, '?topics=events', { perMessageDeflate: true });
  const before = new Set(connections);
  const slow = await connectClient(url, '?topics=events', { perMessageDeflate: true });
  const [connection] = [...connections].filter((socket) => !before.has(socket));
  slow.socket.pause();
  await add(numbers(2, COUNT), { padding: PADDING });
  const all = [
    { type: 'cursor', cursor: 'events:1-0' },
    ...numbers(2, COUNT).map((n) => messageAbout(n, { padding: PADDING })),
  ];
  await eventually(() => {
    expect(quick.messages).toHaveLength(COUNT);
  });
  // What waits for it is in the log that all share.
  expect(connection?.writableLength).toBeGreaterThan(0);
  expect(connection?.writableLength).toBeLessThan(2 * PADDING.length);
  slow.socket.resume();
  await eventually(() => {
    expect(slow.messages).toHaveLength(COUNT);
  });
  expect([parsed(quick), parsed(slow)]).toStrictEqual([all, all]);
});

describe('a client that comes back', () => {
  test.each(['?topics=events&cursor=events:2-0', '?topics=events&cursor=2-0'])(
    'goes on behind the cursor in its URL: %s',
    async (query) => {
      const { url, add } = await withEvents();
      await add([1, 2, 3, 4]);
      const client = await connectClient(url, query);
      await eventually(() => {
        expect(numbersIn(parsed(client))).toStrictEqual([3, 4]);
      });
      expect(parsed(client)[0]).toStrictEqual({ type: 'cursor', cursor: 'events:2-0' });
    },
  );

  test('goes on behind the cursor in its message', async () => {
    const { url, add } = await withEvents();
    await add([1, 2, 3]);
    const client = await connectClient(url, '?topics=events');
    client.socket.send(JSON.stringify({ action: 'subscribe', topics: ['events'], cursor: 'events:1-0' }));
    await eventually(() => {
      expect(numbersIn(parsed(client))).toStrictEqual([2, 3]);
    });
  });

  test('is told how far it is by events that it has no use for', async () => {
    const { url, add, clock } = await withEvents();
    await add([1]);
    const client = await connectClient(url, '?topics=events&stream=other');
    await add([2, 3]);
    await eventually(() => {
      clock.advance(10_000);
      expect(parsed(client).at(-1)).toStrictEqual({ type: 'cursor', cursor: 'events:3-0' });
    });
    // Where it was in between it may be told, but of no event.
    const told = parsed(client) as { readonly type: string }[];
    expect(told.filter(({ type }) => type !== 'cursor')).toStrictEqual([]);
    expect(told[0]).toStrictEqual({ type: 'cursor', cursor: 'events:1-0' });
  });
});

test.each(['x', '1', '1-', 'events:', '1-0,2-0', '9'.repeat(201), '-1-0', '1-1e3'])(
  'a cursor that is none is refused: %j',
  async (cursor) => {
    const { url } = await withEvents();
    const client = await connectClient(url, '?topics=events');
    client.socket.send(JSON.stringify({ action: 'subscribe', topics: ['events'], cursor }));
    await eventually(() => {
      expect(client.messages.at(-1)).toContain('bad-message');
    });
  },
);

test('who wants snapshots only is told no cursor', async () => {
  const bench = await withEvents();
  await bench.add([1]);
  await publishing(bench, ['main'], ['cam/1']);
  const client = await connectClient(bench.url);
  await eventually(() => {
    expect((parsed(client) as { type: string }[]).map(({ type }) => type)).toStrictEqual([
      'streams',
      'status',
    ]);
  });
});
