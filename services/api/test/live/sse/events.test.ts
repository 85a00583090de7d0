import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { DRILLS, drillOf, readDrills, TOPICS_WITH_DRILLS } from '../drills.ts';
import { publishing } from '../subscriber.ts';
import { readEvents } from './client.ts';
import { startEvents } from './server.ts';

/** Server-Sent Events that have drills, and how to add some. */
async function drilling() {
  const bench = await startEvents({ topics: TOPICS_WITH_DRILLS, readFilter: readDrills });
  const add = (...numbers: readonly number[]): void => {
    bench.feed.addEvents(
      DRILLS,
      numbers.map((n) => drillOf(n)),
    );
  };
  return { ...bench, ...publishing(bench), add };
}

/** The id that an EventSource comes back with after this text. */
function lastEventId(text: string): string | undefined {
  return [...text.matchAll(/^id: (.*)$/gm)].at(-1)?.[1];
}

describe('a topic of events', () => {
  test('comes in order, each event with its id, and a client that had none knows where it is', async () => {
    const { url, add } = await drilling();
    add(1);
    const reader = await readEvents(url, '?topics=drills');
    await eventually(() => {
      expect(reader.text()).toBe('retry: 2000\n\nid: drills:1-0\n\n');
    });
    add(2, 3);
    add(4);
    await eventually(() => {
      expect(reader.short()).toStrictEqual(['drills:2-0 drills', 'drills:3-0 drills', 'drills:4-0 drills']);
    });
    expect(reader.blocks().map(({ data }) => data)).toStrictEqual(
      [2, 3, 4].map((n) => drillOf(n).json.toString()),
    );
  });

  test('goes on where a client that comes back left off', async () => {
    const { url, add } = await drilling();
    const first = await readEvents(url, '?topics=drills');
    add(1, 2);
    await eventually(() => {
      expect(first.short()).toHaveLength(2);
    });
    first.response.destroy();
    add(3, 4);
    const headers = { 'Last-Event-ID': lastEventId(first.text()) };
    const again = await readEvents(url, '?topics=drills', headers);
    add(5);
    await eventually(() => {
      expect(again.short()).toStrictEqual(['drills:3-0 drills', 'drills:4-0 drills', 'drills:5-0 drills']);
    });
  });

  test('says what isn’t kept any more, and goes on behind that', async () => {
    const { url, add } = await drilling();
    add(...Array.from({ length: 10_003 }, (_, n) => n + 1));
    const reader = await readEvents(url, '?topics=drills', { 'Last-Event-ID': 'drills:1-0' });
    await eventually(() => {
      expect(reader.short().slice(0, 2)).toStrictEqual(['events.trimmed', 'drills:4-0 drills']);
      expect(reader.short()).toHaveLength(10_001);
    });
    const message: unknown = JSON.parse(reader.blocks()[0]?.data ?? '');
    expect(message).toStrictEqual({ type: 'events.trimmed', topic: 'drills', after: '1-0', until: '3-0' });
  });

  test('beside snapshots, whose ids never take the place of the cursor', async () => {
    const { url, add, publish } = await drilling();
    add(1);
    await publish('main', 1);
    const first = await readEvents(url, '?topics=streams,drills');
    await eventually(() => {
      expect(first.short()).toContain('status');
    });
    expect(lastEventId(first.text())).toBe('drills:1-0');
    add(2);
    await publish('main', 2);
    await eventually(() => {
      expect(first.short().at(-1)).toMatch(/^main:\d+:2 streams$/);
      expect(lastEventId(first.text())).toBe('drills:2-0');
    });
    first.response.destroy();
    add(3);
    const headers = { 'Last-Event-ID': lastEventId(first.text()) };
    const again = await readEvents(url, '?topics=streams,drills', headers);
    await eventually(() => {
      expect(again.short()[0]).toBe('drills:3-0 drills');
      expect(again.short()[1]).toMatch(/^main:\d+:2 streams$/);
    });
  });
});

test('snapshots alone come as ever, without anything between them', async () => {
  const { url, publish } = await drilling();
  await publish('main', 1);
  const reader = await readEvents(url, '', { 'Last-Event-ID': 'drills:1-0' });
  await eventually(() => {
    expect(reader.short()).toHaveLength(2);
  });
  expect(reader.text().split('\n\n').slice(0, -1)).toHaveLength(3);
});
