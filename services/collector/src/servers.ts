import { isDeepStrictEqual } from 'node:util';
import type { Logger, Part } from '@mediamtx-monitor/runtime';
import type { Monitored, ServerConfig } from './config.ts';
import type { PolledServer } from './one-server.ts';

export interface ServersOptions {
  readonly first: Monitored;
  /** Makes what a server needs; it isn't started yet. */
  readonly create: (config: ServerConfig, monitored: Monitored) => PolledServer;
  /** Has a server that goes on take what is said of it and its streams now. */
  readonly adapt: (server: PolledServer, before: Monitored, after: Monitored) => void;
  /** Told of each that is polled from now on. */
  readonly onCame: (server: PolledServer) => void;
  /** Told of each that nothing polls any more; it has stopped. */
  readonly onLeft: (server: PolledServer) => void;
  readonly logger: Logger;
}

/** The servers that are polled; which they are may change while they are. */
export class Servers {
  readonly #options: ServersOptions;
  #monitored: Monitored;
  #all: ReadonlyMap<string, PolledServer>;
  #changing: Promise<void> = Promise.resolve();

  constructor(options: ServersOptions) {
    const { first, create } = options;
    this.#options = options;
    this.#monitored = first;
    this.#all = byId(first.servers.map((config) => create(config, first)));
  }

  /** In the order of the file. */
  get all(): readonly PolledServer[] {
    return [...this.#all.values()];
  }

  get ids(): readonly string[] {
    return [...this.#all.keys()];
  }

  get monitored(): Monitored {
    return this.#monitored;
  }

  /** What goes on beside their ticks, and has to outlive them. */
  get keeping(): Part {
    return {
      name: 'events and history',
      start: () => inOrder(this.all.flatMap(({ keepers }) => keepers)),
      stop: () => atOnce(this.all.flatMap(({ keepers }) => keepers)),
    };
  }

  /** Their loops. */
  get polling(): Part {
    const all = () => this.all.map(({ loop }) => loop.progress);
    return {
      name: 'loop',
      start: () => {
        for (const server of this.all) this.#enter(server);
      },
      stop: async () => {
        await this.#changing;
        await atOnce(this.all.map(({ loop }) => loop));
      },
      progress: {
        // As far as the one that is behind.
        get intervalMs() {
          return Math.max(...all().map(({ intervalMs }) => intervalMs));
        },
        count: () => Math.min(...all().map(({ count }) => count())),
      },
    };
  }

  /**
   * Polls these from now on. Those of which nothing is changed go on, with all that they remember; nobody waits for another
   * one. Resolves when all of it is done.
   */
  change(after: Monitored): Promise<void> {
    this.#changing = this.#changing.then(() => this.#change(after));
    return this.#changing;
  }

  async #change(after: Monitored): Promise<void> {
    const { create, adapt, onLeft } = this.#options;
    const before = this.#monitored;
    this.#monitored = after;
    const old = this.#all;
    const next = after.servers.map((config) => {
      const known = old.get(config.server);
      return known !== undefined && isSamePoll(known.config, config)
        ? { ...known, config }
        : create(config, after);
    });
    this.#all = byId(next);
    const loops = new Set([...old.values()].map(({ loop }) => loop));
    for (const one of next) if (loops.has(one.loop)) adapt(one, before, after);
    const coming = next.filter(({ loop }) => !loops.has(loop));
    const staying = new Set(next.map(({ loop }) => loop));
    const leaving = [...old.values()].filter(({ loop }) => !staying.has(loop));
    await Promise.all([
      ...leaving.map(async (one) => {
        await this.#stop(one);
        onLeft(one);
        await this.#start(coming.find(({ config }) => config.server === one.config.server));
      }),
      ...coming.map(async (one) => {
        if (!old.has(one.config.server)) await this.#start(one);
      }),
    ]);
  }

  async #start(server: PolledServer | undefined): Promise<void> {
    if (server === undefined) return;
    await inOrder(server.keepers);
    this.#enter(server);
  }

  #enter(server: PolledServer): void {
    this.#options.onCame(server);
    server.loop.start();
  }

  async #stop({ loop, keepers, config }: PolledServer): Promise<void> {
    const { logger } = this.#options;
    try {
      await loop.stop();
      await atOnce(keepers);
    } catch (error) {
      logger.error(`server ${config.server} did not stop cleanly`, { error: String(error) });
    }
  }
}

const byId = (servers: readonly PolledServer[]): ReadonlyMap<string, PolledServer> =>
  new Map(servers.map((one) => [one.config.server, one]));

/** Whether both are polled the same way, whatever is said of them beside. */
function isSamePoll(one: ServerConfig, other: ServerConfig): boolean {
  const isListed = (one.listed === null) === (other.listed === null);
  return isListed && isDeepStrictEqual({ ...one, listed: null }, { ...other, listed: null });
}

async function inOrder(parts: readonly Part[]): Promise<void> {
  for (const part of parts) await part.start();
}

async function atOnce(parts: readonly Part[]): Promise<void> {
  await Promise.all(
    parts.map(async (part) => {
      await part.stop();
    }),
  );
}
