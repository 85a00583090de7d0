import { Duplex } from 'node:stream';
import { expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { Compressions } from '../../../src/tick/compressions.ts';
import { Message } from '../../../src/tick/message.ts';
import { PIECE_BYTES } from '../../../src/tick/pieces.ts';
import { Traffic } from '../../../src/live/traffic.ts';
import { SocketOutlet } from '../../../src/live/ws/outlet.ts';
import { headOf } from '../../publisher.ts';

const OPEN = { readyState: WebSocket.OPEN, OPEN: WebSocket.OPEN } as unknown as WebSocket;

/** A connection that takes a piece when it is told to. */
function slowSocket() {
  const taken: (() => void)[] = [];
  const socket = new Duplex({
    read: () => undefined,
    write: (_piece, _encoding, done) => {
      taken.push(done);
    },
  });
  const takeOne = async (): Promise<void> => {
    taken.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { socket, takeOne };
}

test('a large message for few has 30 s as a whole, however its client takes the pieces', async () => {
  const { socket, takeOne } = slowSocket();
  const outlet = new SocketOutlet({
    webSocket: OPEN,
    socket,
    deflated: false,
    compressions: new Compressions(),
    traffic: new Traffic(),
    onMade: () => undefined,
  });
  const parts = Array.from({ length: 40 }, () => Buffer.alloc(PIECE_BYTES, ' '));
  outlet.write(new Message({ head: headOf(), parts, clients: () => 1, isForAll: false }), () => true);
  expect(outlet.isStuck(0)).toBe(false);
  for (const nowMs of [10_000, 20_000, 29_999]) {
    await takeOne();
    outlet.goOn();
    expect(outlet.isStuck(nowMs)).toBe(false);
  }
  expect(socket.writableLength).toBeGreaterThan(0);
  expect(outlet.isStuck(30_000)).toBe(true);
});
