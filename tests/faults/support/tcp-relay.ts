import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * How a network is: as it should be; `cut` (connections end, new ones are refused); `silent` (nothing gets through,
 * nobody is told); `one-way` (what clients send arrives, no answer comes back); or each piece late by so many ms.
 */
export type Network = 'whole' | 'cut' | 'silent' | 'one-way' | { readonly delayMs: number };

/** A network of TCP connections between somebody and a port of 127.0.0.1. */
export interface TcpRelay {
  readonly port: number;
  readonly be: (network: Network) => void;
  readonly stop: () => Promise<void>;
}

/** @param heard is handed every piece that clients send and that gets through */
export async function startTcpRelay(
  targetPort: number,
  heard: (piece: Buffer) => void = () => undefined,
): Promise<TcpRelay> {
  let network: Network = 'whole';
  /** Those that are open, and which way what is read of them goes. */
  const sockets = new Map<Socket, 'there' | 'back'>();
  // What isn't read fills the buffers of both sides, as with a network that has gone: no byte is lost when it is back.
  const isOpen = (direction: 'there' | 'back'): boolean =>
    network !== 'silent' && !(network === 'one-way' && direction === 'back');

  const pass = (from: Socket, to: Socket, direction: 'there' | 'back'): void => {
    from.on('data', (piece: Buffer) => {
      if (direction === 'there') heard(piece);
      const send = (): void => {
        if (!to.destroyed) to.write(piece);
      };
      // Timers of the same length fire in the order in which they were set: so pieces keep theirs.
      if (typeof network === 'object') setTimeout(send, network.delayMs);
      else send();
    });
    from.on('error', () => undefined);
    from.on('close', () => to.destroy());
    from.on('close', () => sockets.delete(from));
    sockets.set(from, direction);
    if (!isOpen(direction)) from.pause();
  };

  const server = createServer((client) => {
    if (network === 'cut') {
      client.destroy();
      return;
    }
    const target = connect(targetPort, '127.0.0.1');
    pass(client, target, 'there');
    pass(target, client, 'back');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    be: (next) => {
      network = next;
      for (const [socket, direction] of sockets) {
        if (next === 'cut') socket.destroy();
        else if (isOpen(direction)) socket.resume();
        else socket.pause();
      }
    },
    stop: async () => {
      for (const socket of sockets.keys()) socket.destroy();
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
