import type { Served } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { startScript } from '../rig/programs.ts';
import type { Command, Delivered } from './socket-load.ts';

const EVERY_MS = 500;

/** A process of WebSocket clients that also publishes what they get. */
export interface SocketLoad {
  readonly connect: (
    server: Served,
    clients: number,
    how?: { readonly deflate?: boolean; readonly reads?: boolean },
  ) => Promise<void>;
  /** Publishes so many messages, two a second. */
  readonly publish: (messages: number) => Promise<Delivered>;
  readonly disconnect: () => Promise<void>;
}

/** @param prefix under which a snapshot is stored; it is published again and again */
export function startSocketLoad(ending: Ending, redisUrl: string, prefix: string): SocketLoad {
  const script = startScript(ending, 'api/socket-load.js', { REDIS_URL: redisUrl }, prefix);
  const send = (command: Command): Promise<unknown> => script.ask(command);
  return {
    connect: async (server, clients, { deflate = false, reads = true } = {}) => {
      await send({ do: 'connect', port: server.port, clients, deflate, reads });
    },
    publish: async (messages) => (await send({ do: 'publish', messages, everyMs: EVERY_MS })) as Delivered,
    disconnect: async () => {
      await send({ do: 'disconnect' });
    },
  };
}
