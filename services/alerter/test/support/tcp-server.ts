import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** Starts a server that does as it is told with each connection. */
export async function startTcpServer(
  greet: (socket: Socket) => void,
): Promise<{ readonly host: string; readonly close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    host: `127.0.0.1:${address.port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Sends a beginning, and then the same again and again. Tells how much it sent, in bytes. */
export function sendForEver(socket: Socket, first: string, piece: string): () => number {
  const pieces = Buffer.from(piece.repeat(Math.ceil(65_536 / piece.length)));
  let sent = 0;
  const more = (): void => {
    while (socket.writable) {
      sent += pieces.length;
      if (!socket.write(pieces)) break;
    }
  };
  socket.write(first);
  socket.on('drain', more);
  more();
  return () => sent;
}
