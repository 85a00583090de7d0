import { createServer, type RequestListener, type Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { listen, StartError } from '@mediamtx-monitor/runtime';

const RETRY_MS = 50;
/** Longer than any poll interval, as with MediaMTX, so that clients can keep connections. */
const KEEP_ALIVE_MS = 120_000;
const SETTINGS = 'SIMULATOR_HOST and SIMULATOR_PORT';

/** A listening socket that can go away and come back on the same port. */
export class Listener {
  readonly port: number;
  readonly #server: Server;
  readonly #host: string;
  #isClosed = false;

  /** @param server listens on this port */
  constructor(server: Server, host: string, port: number) {
    this.port = port;
    this.#server = server;
    this.#host = host;
  }

  /** Refuses connections and cuts the open ones. */
  down(): Promise<void> {
    return new Promise((resolve) => {
      if (!this.#server.listening) {
        resolve();
        return;
      }
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  /** Listens again, as soon as the port is free. */
  async up(): Promise<void> {
    while (!this.#server.listening && !this.#isClosed) {
      try {
        await listen(this.#server, this.#host, this.port, SETTINGS);
      } catch (error) {
        if (!(error instanceof StartError)) throw error;
        await wait(RETRY_MS);
      }
    }
  }

  /** Goes down for good. */
  close(): Promise<void> {
    this.#isClosed = true;
    return this.down();
  }
}

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
  return new Listener(server, host, await listen(server, host, port, SETTINGS));
}
