import { expect, test } from '@jest/globals';
import { eventually, startRedisServer } from '@mediamtx-monitor/testkit';
import { atEnd } from '../bench.ts';
import { happening, numbers, numbersIn } from '../happening.ts';
import { startApi } from '../started-api.ts';
import { readEvents } from './sse/client.ts';
import { connectClient } from './ws/client.ts';

const ROUNDS = 12;
const EVENTS_A_ROUND = 40;

/** Whole numbers below a bound, the same each time. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface CursorOrEvents {
  readonly type: string;
  readonly cursor?: string;
  readonly events?: readonly { readonly id: string }[];
}

test('a client that is cut off at random points, and comes back to any replica, has each event once, in order', async () => {
  const redis = await startRedisServer();
  atEnd(() => redis.stop());
  const first = await startApi({ redisUrl: redis.url });
  const second = await startApi({ redisUrl: redis.url, prefix: first.prefix });
  const { add } = happening(first, first.api.feed);
  const random = randomOf(7);
  await add([1]);
  let cursor = 'events:1-0';
  let lastEventId = 'events:1-0';
  const overSocket: unknown[] = [];
  const overEvents: number[] = [];
  let n = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    const url = [first.url, second.url][random(2)] ?? '';
    const client = await connectClient(url, `?topics=events&cursor=${cursor}`);
    const reader = await readEvents(url, '?topics=events', { 'Last-Event-ID': lastEventId });
    const adding = add(numbers(n + 1, n + EVENTS_A_ROUND));
    n += EVENTS_A_ROUND;
    if (random(3) === 0)
      await first.publisher.redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes').catch(() => 0);
    const enough = random(EVENTS_A_ROUND);
    await eventually(() => {
      expect(client.messages.length).toBeGreaterThan(enough);
      expect(reader.blocks().length).toBeGreaterThanOrEqual(enough);
    });
    client.socket.terminate();
    reader.response.destroy();
    await adding.catch(() => undefined);
    for (const text of client.messages) {
      const message = JSON.parse(text) as CursorOrEvents;
      expect(message.type).not.toBe('events.trimmed');
      cursor = message.cursor ?? `events:${message.events?.[0]?.id ?? ''}`;
      overSocket.push(message);
    }
    for (const { id, data } of reader.blocks()) {
      overEvents.push(...numbersIn([JSON.parse(data)]));
      lastEventId = id ?? lastEventId;
    }
  }
  const last = await connectClient(second.url, `?topics=events&cursor=${cursor}`);
  const lastReader = await readEvents(first.url, '?topics=events', { 'Last-Event-ID': lastEventId });
  await eventually(() => {
    const rest = last.messages.map((text): unknown => JSON.parse(text));
    expect(numbersIn([...overSocket, ...rest])).toStrictEqual(numbers(2, n));
    const others = lastReader.blocks().flatMap(({ data }) => numbersIn([JSON.parse(data)]));
    expect([...overEvents, ...others]).toStrictEqual(numbers(2, n));
  });
});
