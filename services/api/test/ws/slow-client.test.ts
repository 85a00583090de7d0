import { expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { startApi } from '../bench.ts';
import { headOf, streamOf } from '../publisher.ts';
import { connectClient } from './client.ts';

/** Far more than the sockets' own buffers take. */
const LARGE = Array.from({ length: 20_000 }, (_, i) => streamOf(`${i}`.padStart(300, 'x')));
const TICKS = 8;

test('a client that reads too slowly skips ticks and ends with the newest of each server; others get all', async () => {
  const { api, publisher, url } = await startApi();
  const [slow, quick] = [await connectClient(url), await connectClient(url)];
  slow.socket.pause();
  for (let seq = 1; seq <= TICKS; seq += 1) {
    await publisher.publish(headOf({ seq }), LARGE);
    await publisher.publish(headOf({ seq, server: 'small' }));
    await eventually(() => {
      expect(quick.short()).toEqual(expect.arrayContaining([`main ${seq}`, `small ${seq}`]));
    });
  }
  slow.socket.resume();
  await eventually(() => {
    expect(slow.short()).toEqual(expect.arrayContaining([`main ${TICKS}`, `small ${TICKS}`]));
  });
  const seqs = slow
    .short()
    .filter((word) => /^main \d/.test(word))
    .map((word) => Number(word.slice(5)));
  expect(seqs.length).toBeLessThan(TICKS);
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b));
  expect(api.sockets.clientCount).toBe(2);
});
