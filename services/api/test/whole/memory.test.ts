import { IncomingMessage } from 'node:http';
import { queryObjects } from 'node:v8';
import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { connectRaw } from '../live/ws/raw.ts';
import { startApi } from '../started-api.ts';

const CLIENTS = 20;

test('a WebSocket client keeps nothing of the request that it came with', async () => {
  const { url, api } = await startApi();
  const before = queryObjects(IncomingMessage, { format: 'count' });
  for (let n = 0; n < CLIENTS; n += 1) await connectRaw(url);
  await eventually(() => {
    expect(api.sockets.stats.clients).toBe(CLIENTS);
    // The last one may still be in use.
    expect(queryObjects(IncomingMessage, { format: 'count' }) - before).toBeLessThanOrEqual(1);
  });
});
