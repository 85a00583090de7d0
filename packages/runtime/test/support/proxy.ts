import { connect, createServer, type Socket } from 'node:net';

/** A TCP proxy of 127.0.0.1 that a test can make misbehave in a way no signal to the server can. */
export interface Proxy {
  readonly port: number;
  /** Keeps everything back that clients send from the first chunk that matches; `undefined` stops that. */
  readonly swallow: (pattern: RegExp | undefined) => void;
  /** Whether all that the server answers is kept back. */
  readonly mute: (isMuted: boolean) => void;
  /** How many connections swallowed something. */
  readonly swallowed: () => number;
  /** Cuts all connections that are open now. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
}

export async function startProxy(targetPort: number): Promise<Proxy> {
  const open = new Set<Socket>();
  let pattern: RegExp | undefined;
  let swallowed = 0;
  let isMuted = false;
  const server = createServer((client) => {
    const target = connect(targetPort, '127.0.0.1');
    let silent = false;
    client.on('data', (chunk: Buffer) => {
      if (!silent && pattern?.test(chunk.toString('latin1')) === true) {
        silent = true;
        swallowed += 1;
      }
      if (!silent) target.write(chunk);
    });
    target.on('data', (chunk: Buffer) => {
      if (!isMuted) client.write(chunk);
    });
    for (const socket of [client, target]) {
      open.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        open.delete(socket);
        client.destroy();
        target.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: address.port,
    swallow: (next) => {
      pattern = next;
    },
    mute: (next) => {
      isMuted = next;
    },
    swallowed: () => swallowed,
    cut,
    close: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
