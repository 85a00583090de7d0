import type { Server } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { createGuardedServer } from '../../src/health/guarded-server.ts';

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** A connection as if from this address, and whether it was let in. */
function connectFrom(server: Server, address: string): { socket: Socket; isIn: boolean } {
  const socket = new Socket();
  sockets.push(socket);
  Object.defineProperty(socket, 'remoteAddress', { value: address });
  server.emit('connection', socket);
  return { socket, isIn: !socket.destroyed };
}

const createServer = (): Server => createGuardedServer({ answer: (_request, response) => response.end() });

test('of IPv6 addresses a /64 counts as one', async () => {
  const server = createServer();
  const held = Array.from({ length: 16 }, (_, i) => connectFrom(server, `2001:db8:1:2::${i + 1}`));
  expect(held.every(({ isIn }) => isIn)).toBe(true);
  expect(connectFrom(server, '2001:db8:1:2:3::99').isIn).toBe(false);
  expect(connectFrom(server, '2001:db8:1:3::1').isIn).toBe(true);
  held[0]?.socket.destroy();
  await eventually(() => {
    expect(connectFrom(server, '2001:db8:1:2::17').isIn).toBe(true);
  });
});

test('IPv4 addresses that are mapped into IPv6 count each for itself, and as what they are', () => {
  const server = createServer();
  const held = Array.from({ length: 16 }, () => connectFrom(server, '::ffff:192.0.2.1'));
  expect(held.every(({ isIn }) => isIn)).toBe(true);
  expect(connectFrom(server, '192.0.2.1').isIn).toBe(false);
  expect(connectFrom(server, '::ffff:192.0.2.2').isIn).toBe(true);
});
