import type { Server } from 'node:http';
import { systemCode } from '../system-code.ts';
import { StartError } from './run-main.ts';

const REASONS: ReadonlyMap<string, string> = new Map([
  ['EADDRINUSE', 'is in use by another program'],
  ['EACCES', 'may not be used by this user'],
  ['EADDRNOTAVAIL', 'is no address of this machine'],
]);

/**
 * Listens and resolves with the port.
 * @param settings names of the settings that say where, for the message
 * @throws {StartError} with a sentence that names address and settings
 */
export async function listen(server: Server, host: string, port: number, settings: string): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const reason = REASONS.get(systemCode(error)) ?? `can't be listened on: ${String(error)}`;
    throw new StartError('not-listening', `${host}:${port} ${reason}; choose another with ${settings}`);
  }
  const address = server.address();
  return address === null || typeof address === 'string' ? port : address.port;
}

/** Time that open requests get to finish: well within the time a service has to stop. */
const FINISH_MS = 2_000;
const SWEEP_MS = 50;

/**
 * Stops accepting, cuts idle connections, and lets open requests finish; what is still open after `finishMs`
 * is cut, so that a client that says nothing holds nobody up.
 */
export async function closeServer(server: Server, finishMs = FINISH_MS): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  // A kept-alive connection becomes idle only when the request on it is done.
  const sweep = setInterval(() => {
    server.closeIdleConnections();
  }, SWEEP_MS);
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, finishMs);
  await closed;
  clearInterval(sweep);
  clearTimeout(cut);
}
