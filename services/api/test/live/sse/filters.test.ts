import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { PIECE_BYTES } from '../../../src/tick/parts.ts';
import { headOf, messageOf, streamOf } from '../../publisher.ts';
import { swept } from '../ws/live.ts';
import { readEvents } from './client.ts';
import { startEvents } from './server.ts';

test('where there are as many different filters as there may be, a client with another is refused in words', async () => {
  const { url, live, entries } = await startEvents({ maxFilters: 1 });
  const first = await readEvents(url, '?stream=cam/1');
  await readEvents(url, '?stream=cam/1');
  await readEvents(url);
  const refused = await readEvents(url, '?stream=cam/2');
  await refused.ended;
  expect(refused.response.statusCode).toBe(503);
  expect(refused.response.headers['retry-after']).toBe('10');
  expect(JSON.parse(refused.text())).toMatchObject({ code: 'too-many-filters' });
  first.response.destroy();
  await eventually(() => {
    expect(live.stats.clients).toBe(2);
    expect(entries()).toStrictEqual({ entered: 4, left: 2 });
  });
});

test('a client that leaves makes room for another filter', async () => {
  const { url, live } = await startEvents({ maxFilters: 1 });
  const first = await readEvents(url, '?stream=cam/1');
  first.response.destroy();
  await eventually(() => {
    expect(live.stats.clients).toBe(0);
  });
  expect((await readEvents(url, '?stream=cam/2')).response.statusCode).toBe(200);
});

test('a large message of some streams is kept in pieces for a client that reads slowly, and arrives whole', async () => {
  const streams = Array.from({ length: 800 }, (_, n) => ({
    ...streamOf(`cam-${n}`),
    tracks: ['x'.repeat(10_000)],
  }));
  const large = messageOf(headOf(), streams);
  const { url, connections, publisher, live } = await startEvents();
  const reader = await readEvents(url, '?stream=cam-*');
  const [connection] = connections;
  reader.response.pause();
  await publisher.publishRaw(large);
  await eventually(() => {
    expect(connection?.writableLength).toBeGreaterThan(0);
  });
  for (const seq of [2, 3]) await publisher.publish(headOf({ seq }), streams.slice(0, 1));
  await eventually(() => {
    expect(live.stats.skipped).toBe(1);
  });
  await swept();
  expect(connection?.writableLength).toBeLessThan(2 * PIECE_BYTES);
  reader.response.resume();
  await eventually(() => {
    expect(reader.blocks()).toHaveLength(3);
  });
  const [first, second] = reader.blocks();
  expect(first?.data === large).toBe(true);
  expect(second?.data).toBe(messageOf(headOf({ seq: 3 }), streams.slice(0, 1)));
  expect(live.stats.messages).toBe(3);
});
