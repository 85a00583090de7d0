import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { happening, messageAbout, numbers } from '../../happening.ts';
import { publishing } from '../subscriber.ts';
import { readEvents } from './client.ts';
import { startEvents } from './server.ts';

/** Server-Sent Events that have a topic of events, and how to add some. */
async function withEvents() {
  const bench = await startEvents();
  await eventually(() => {
    expect(bench.feed.log('events')?.isReady).toBe(true);
  });
  return { ...bench, ...publishing(bench), ...happening(bench, bench.feed) };
}

/** The id that an EventSource comes back with after this text. */
function lastEventId(text: string): string | undefined {
  return [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
}

describe('a topic of events', () => {
  test('comes in order, each event with its id, and a client that had none knows where it is', async () => {
    const { url, add } = await withEvents();
    await add([1]);
    const reader = await readEvents(url, '?topics=events');
    await eventually(() => {
      expect(reader.text()).toBe('retry: 2000\n\nid: events:1-0\n\n');
    });
    await add([2, 3]);
    await add([4]);
    await eventually(() => {
      expect(reader.short()).toStrictEqual(['events:2-0 events', 'events:3-0 events', 'events:4-0 events']);
    });
    expect(reader.blocks().map(({ data }) => data)).toStrictEqual(
      [2, 3, 4].map((n) => JSON.stringify(messageAbout(n))),
    );
  });

  test('goes on where a client that comes back left off', async () => {
    const { url, add } = await withEvents();
    const first = await readEvents(url, '?topics=events');
    await add([1, 2]);
    await eventually(() => {
      expect(first.short()).toHaveLength(2);
    });
    first.response.destroy();
    await add([3, 4]);
    const headers = { 'Last-Event-ID': lastEventId(first.text()) };
    const again = await readEvents(url, '?topics=events', headers);
    await add([5]);
    await eventually(() => {
      expect(again.short()).toStrictEqual(['events:3-0 events', 'events:4-0 events', 'events:5-0 events']);
    });
  });

  test('goes on behind the cursor in the URL, unless the client comes back by itself', async () => {
    const { url, add } = await withEvents();
    await add(numbers(1, 4));
    const first = await readEvents(url, '?topics=events&cursor=2-0');
    await eventually(() => {
      expect(first.short()).toStrictEqual(['events:3-0 events', 'events:4-0 events']);
    });
    const headers = { 'Last-Event-ID': lastEventId(first.text()) };
    const again = await readEvents(url, '?topics=events&cursor=2-0', headers);
    await add([5]);
    await eventually(() => {
      expect(again.short()).toStrictEqual(['events:5-0 events']);
    });
  });

  test('reads what is older than the log, and says what isn’t kept any more', async () => {
    const { url, add, publisher } = await withEvents();
    await add(numbers(1, 12_003));
    const { redis, names } = publisher;
    const reader = await readEvents(url, '?topics=events', { 'Last-Event-ID': 'events:1-0' });
    await eventually(() => {
      expect(reader.short()).toHaveLength(12_002);
    });
    expect(reader.short()).toStrictEqual(numbers(2, 12_003).map((n) => `events:${n}-0 events`));
    await redis.xtrim(names.events, 'MINID', '4-0');
    const late = await readEvents(url, '?topics=events', { 'Last-Event-ID': 'events:1-0' });
    await eventually(() => {
      expect(late.short()).toHaveLength(12_001);
    });
    expect(late.short().slice(0, 2)).toStrictEqual([
      'events:3-999999999999999 events.trimmed',
      'events:4-0 events',
    ]);
    const message: unknown = JSON.parse(late.blocks()[0]?.data ?? '');
    expect(message).toStrictEqual({
      type: 'events.trimmed',
      topic: 'events',
      after: '1-0',
      until: '3-999999999999999',
    });
  });

  test('beside snapshots, whose ids never take the place of the cursor', async () => {
    const { url, add, publish } = await withEvents();
    await add([1]);
    await publish('main', 1);
    const first = await readEvents(url, '?topics=streams,events');
    await eventually(() => {
      expect(first.short()).toContain('status');
    });
    expect(lastEventId(first.text())).toBe('events:1-0');
    await add([2]);
    await publish('main', 2);
    await eventually(() => {
      expect(first.short().at(-1)).toMatch(/^main:\d+:2 streams$/);
      expect(lastEventId(first.text())).toBe('events:2-0');
    });
    first.response.destroy();
    await add([3]);
    const headers = { 'Last-Event-ID': lastEventId(first.text()) };
    const again = await readEvents(url, '?topics=streams,events', headers);
    await eventually(() => {
      expect(again.short()[0]).toBe('events:3-0 events');
      expect(again.short()[1]).toMatch(/^main:\d+:2 streams$/);
    });
  });
});

test('snapshots alone come as ever, without anything between them', async () => {
  const { url, publish } = await withEvents();
  await publish('main', 1);
  const reader = await readEvents(url, '', { 'Last-Event-ID': 'events:1-0' });
  await eventually(() => {
    expect(reader.short()).toHaveLength(2);
  });
  expect(reader.text().split('\n\n').slice(0, -1)).toHaveLength(3);
});
