import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { DRILLS, drillOf, readDrills, TOPICS_WITH_DRILLS } from '../drills.ts';
import { connectClient } from './client.ts';
import { startSockets } from './server.ts';

const PADDING = 'x'.repeat(10_000);
const COUNT = 1_000;

test('a client that reads slowly gets every event in order, one that reads at once doesn’t wait for it', async () => {
  const { url, feed, connections } = await startSockets({
    topics: TOPICS_WITH_DRILLS,
    readFilter: readDrills,
  });
  const quick = await connectClient(url, '?topics=drills', { perMessageDeflate: true });
  const before = new Set(connections);
  const slow = await connectClient(url, '?topics=drills', { perMessageDeflate: true });
  const [connection] = [...connections].filter((socket) => !before.has(socket));
  slow.socket.pause();
  const texts = Array.from({ length: COUNT }, (_, n) => JSON.stringify({ type: DRILLS, n, PADDING }));
  for (const [n, text] of texts.entries()) {
    feed.addEvents(DRILLS, [{ ...drillOf(n + 1), json: Buffer.from(text) }]);
  }
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
  expect([quick.messages, slow.messages]).toStrictEqual([texts, texts]);
});
