import { expect, test } from '@jest/globals';
import { askRaw } from '../../http/raw.ts';
import { startApi } from '../../started-api.ts';

test.each(['/ws', '/ws?topics=streams'])('%s without an upgrade is told that it needs one', async (path) => {
  const { url } = await startApi();
  const { status, headers, body } = await askRaw(url, path);
  expect(status).toBe(426);
  expect(headers).toStrictEqual(
    expect.arrayContaining([
      'Upgrade: websocket',
      'Connection: Upgrade, close',
      'X-Content-Type-Options: nosniff',
    ]),
  );
  const problem = JSON.parse(body.toString()) as unknown;
  expect(problem).toMatchObject({ code: 'upgrade-required', detail: expect.stringContaining('proxy') });
});

test('another method is refused as anywhere', async () => {
  const { url } = await startApi();
  expect((await askRaw(url, '/ws', { method: 'POST' })).status).toBe(405);
});
