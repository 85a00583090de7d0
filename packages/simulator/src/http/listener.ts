import { createServer, type RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, StartError } from '@mediamtx-monitor/runtime';

/** A listening socket that can go away and come back on the same port. */
export interface Listener {
  readonly port: number;
  /** Refuses connections and cuts the open ones. */
  readonly down: () => Promise<void>;
  /** Listens again, as soon as the port is free. */
  readonly up: () => Promise<void>;
  /** Goes down for good. */
  readonly close: () => Promise<void>;
}

const RETRY_MS = 50;
/** Longer than any poll interval, as with MediaMTX, so that clients can keep connections. */
const KEEP_ALIVE_MS = 120_000;
const SETTINGS = 'SIMULATOR_HOST and SIMULATOR_PORT';

/**
 * Listens. Port 0 takes a free one.
 * @throws {@link StartError} `not-listening`
 */
export async function openListener(
  host: string,
  port: number,
  onRequest: RequestListener,
): Promise<Listener> {
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, onRequest);
  const taken = await listen(server, host, port, SETTINGS);
  let closed = false;
  const down = (): Promise<void> =>
    new Promise((resolve) => {
      if (!server.listening) {
        resolve();
        return;
      }
      server.close(() => {
        resolve();
      });
      server.closeAllConnections();
    });
  const up = async (): Promise<void> => {
    while (!server.listening && !closed) {
      try {
        await listen(server, host, taken, SETTINGS);
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        await wait(RETRY_MS);
      }
    }
  };
  const close = (): Promise<void> => {
    closed = true;
    return down();
  };
  return { port: taken, down, up, close };
}
