import type { Server } from 'node:http';
import { StartError } from './run-main.ts';

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error;
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is in use by another program',
  EACCES: 'may not be used by this user',
  EADDRNOTAVAIL: 'is no address of this machine',
};

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
    const code = isSystemError(error) ? (error.code ?? '') : '';
    const reason = REASONS[code] ?? `can't be listened on: ${String(error)}`;
    throw new StartError('not-listening', `${host}:${port} ${reason}; choose another with ${settings}`);
  }
  const address = server.address();
  return address === null || typeof address === 'string' ? port : address.port;
}

/** Stops accepting, lets open requests finish, and cuts idle connections. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
  });
  server.closeIdleConnections();
  await closed;
}
