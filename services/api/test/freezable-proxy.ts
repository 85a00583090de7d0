import { connect, createServer, type Socket } from 'node:net';
import { atEnd } from './bench.ts';

/** A TCP proxy whose connections can be frozen: they stay open, and nothing passes any more. */
export async function startFreezableProxy(targetPort: number): Promise<{ port: number; freeze: () => void }> {
  const pairs: [Socket, Socket][] = [];
  const server = createServer({ allowHalfOpen: true }, (near) => {
    const far = connect(targetPort, '127.0.0.1');
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.pipe(far, { end: false });
    far.pipe(near, { end: false });
    near.on('close', () => far.destroy());
    pairs.push([near, far]);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  atEnd(() => {
    for (const socket of pairs.flat()) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    port: address.port,
    freeze: () => {
      for (const [near, far] of pairs) {
        near.unpipe(far);
        far.unpipe(near);
        near.pause();
      }
    },
  };
}
