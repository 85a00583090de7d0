/** Child process: the peer of the API's WebSocket, a loop that writes a ready frame to raw sockets. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { Redis } from 'ioredis';

const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';
const [, , channel = ''] = process.argv;
const sockets = new Set<Duplex>();
const server = createServer();

server.on('upgrade', (request, socket) => {
  const key = request.headers['sec-websocket-key'] ?? '';
  const accept = createHash('sha1')
    .update(key + GUID)
    .digest('base64');
  const head = ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade'];
  socket.write(`${head.join('\r\n')}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
  socket.resume();
});

/** Messages of this bench are longer than 65,535 bytes or shorter; both forms of a frame's head. */
function frame(payload: Buffer): Buffer {
  const isLong = payload.length > 0xff_ff;
  const head = Buffer.alloc(isLong ? 10 : 4);
  head.writeUInt8(0x81);
  head.writeUInt8(isLong ? 127 : 126, 1);
  if (isLong) head.writeBigUInt64BE(BigInt(payload.length), 2);
  else head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

const redis = new Redis(process.env['REDIS_URL'] ?? '');
redis.on('messageBuffer', (_channel: Buffer, message: Buffer) => {
  const bytes = frame(message);
  for (const socket of sockets) socket.write(bytes);
});
await redis.subscribe(channel);
server.listen(0, '127.0.0.1', () => {
  process.send?.((server.address() as AddressInfo).port);
});
process.on('disconnect', () => process.exit());
