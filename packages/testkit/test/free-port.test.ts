import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { freePort } from '../src/index.ts';

test('a free port can be listened on', async () => {
  const port = await freePort();
  expect(port).toBeGreaterThan(1_023);
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  expect(server.address()).toMatchObject({ port });
  await new Promise((resolve) => server.close(resolve));
});
