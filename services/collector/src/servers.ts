import { isDeepStrictEqual } from 'node:util';
import { type Logger, type Part, patiently } from '@mediamtx-monitor/runtime';
import type { TickNumber } from '@mediamtx-monitor/types';
import type { Monitored, ServerConfig } from './config.ts';
import type { PolledServer } from './one-server.ts';
import type { FirstPoll, Tenure } from './sharing/index.ts';

export interface ServersOptions {
  readonly first: Monitored;
  /** Makes what a server needs; it isn't started yet. */
  readonly create: (config: ServerConfig, monitored: Monitored, tenure: Tenure) => PolledServer;
  /** Has a server that goes on take what is said of it and its streams now. */
  readonly adapt: (server: PolledServer, before: Monitored, after: Monitored) => void;
  /** Told of each that is polled from now on. */
  readonly onCame: (server: PolledServer) => void;
  /** Told of each that isn't polled here any more; it has stopped. */
  readonly onLeft: (server: PolledServer) => void;
  /** Lets others have a server with this epoch. */
  readonly release: (server: string, epoch: number) => Promise<void>;
  readonly logger: Logger;
}

/** What a server has kept has so long to be stored before another collector may have it. */
const STORE_PATIENCE_MS = 1_000;

/** The servers that are polled here, of those that are configured; which they are may change while they are. */
export class Servers {
  readonly #options: ServersOptions;
  readonly #polled = new Map<string, PolledServer>();
  /** What is being done to a server: one thing at a time. */
  readonly #work = new Map<string, Promise<unknown>>();
  #monitored: Monitored;
  #isStopping = false;

  constructor(options: ServersOptions) {
    this.#options = options;
    this.#monitored = options.first;
  }

  /** Those that are polled here, in the order of the file. */
  get all(): readonly PolledServer[] {
    return this.ids.flatMap((server) => this.#polled.get(server) ?? []);
  }

  /** Of all that are configured. */
  get ids(): readonly string[] {
    return this.#monitored.servers.map(({ server }) => server);
  }

  get monitored(): Monitored {
    return this.#monitored;
  }

  /** What goes on beside their ticks, and has to outlive them. */
  get keeping(): Part {
    return {
      name: 'events and history',
      start: () => undefined,
      stop: async () => {
        await Promise.all(
          this.all.map(async (one) => {
            await this.#stopKeeping(one);
            await this.#release(one);
          }),
        );
      },
    };
  }

  /** Their loops. */
  get polling(): Part {
    const progresses = () => this.all.map(({ loop }) => loop.progress);
    return {
      name: 'loop',
      start: () => undefined,
      stop: async () => {
        this.#isStopping = true;
        await Promise.all([...this.#work.values(), ...this.all.map(({ loop }) => loop.stop())]);
      },
      progress: {
        // As far as the one that is behind; who polls nothing has nothing to do.
        get intervalMs() {
          return Math.max(0, ...progresses().map(({ intervalMs }) => intervalMs));
        },
        count: () => {
          const counts = progresses().map(({ count }) => count());
          return counts.length === 0 ? NaN : Math.min(...counts);
        },
      },
    };
  }

  /**
   * Polls a server from now on, as one that was taken with this number (`null` = Redis was never reached). Resolves with
   * whether it does: not where it isn't configured any more, or all of it ends.
   */
  hold(server: string, tenure: Tenure, number: TickNumber | null, first: FirstPoll): Promise<boolean> {
    return this.#inTurn(server, async () => {
      const config = this.#monitored.servers.find((one) => one.server === server);
      if (config === undefined || this.#isStopping) return false;
      const one = this.#options.create(config, this.#monitored, tenure);
      if (number !== null) one.collector.hold(number);
      await this.#start(one, first);
      return true;
    });
  }

  /** One that is polled already was taken with this number. */
  taken(server: string, number: TickNumber): void {
    this.#polled.get(server)?.collector.hold(number);
  }

  /** Polls a server no more; resolves when all of it has ended, with the epoch of its ticks. */
  leave(server: string): Promise<number | null> {
    return this.#inTurn(server, async () => {
      const one = this.#polled.get(server);
      // All of them are being stopped.
      if (one === undefined || this.#isStopping) return null;
      await this.#stop(one);
      this.#options.onLeft(one);
      return one.collector.epoch;
    });
  }

  /**
   * Has these configured from now on. Those of which nothing is changed go on, with all that they remember; nobody waits
   * for another one. Resolves when all of it is done.
   */
  async change(after: Monitored): Promise<void> {
    const before = this.#monitored;
    this.#monitored = after;
    await Promise.all(
      [...this.#polled.keys()].map((server) =>
        this.#inTurn(server, () => this.#adapt(server, before, after)),
      ),
    );
  }

  async #adapt(server: string, before: Monitored, after: Monitored): Promise<void> {
    const { create, adapt, onLeft } = this.#options;
    const known = this.#polled.get(server);
    const config = after.servers.find((one) => one.server === server);
    if (known === undefined || this.#isStopping) return;
    if (config !== undefined && isSamePoll(known.config, config)) {
      const one = { ...known, config };
      this.#polled.set(server, one);
      adapt(one, before, after);
      return;
    }
    await this.#stop(known);
    if (config === undefined) {
      await this.#release(known);
      onLeft(known);
      return;
    }
    const { epoch } = known.collector;
    const one = create(config, after, known.tenure);
    if (epoch !== null) one.collector.hold({ epoch, seq: 0 }, { isOld: true });
    await this.#start(one, 'own');
  }

  async #start(one: PolledServer, first: FirstPoll): Promise<void> {
    for (const part of one.keepers) await part.start();
    this.#polled.set(one.config.server, one);
    this.#options.onCame(one);
    one.loop.start(first);
  }

  async #stop(one: PolledServer): Promise<void> {
    const { logger } = this.#options;
    const { server } = one.config;
    try {
      await one.loop.stop();
      await this.#stopKeeping(one);
    } catch (error) {
      logger.error(`server ${server} did not stop cleanly`, { error: String(error) });
    }
    this.#polled.delete(server);
  }

  /** What can't be stored is let go: whoever has it next finds it by comparing. */
  async #stopKeeping({ keepers }: PolledServer): Promise<void> {
    await patiently(
      Promise.all(
        keepers.map(async (part) => {
          await part.stop();
        }),
      ),
      STORE_PATIENCE_MS,
    );
  }

  async #release({ config: { server }, collector: { epoch } }: PolledServer): Promise<void> {
    const { release, logger } = this.#options;
    if (epoch === null) return;
    try {
      await release(server, epoch);
    } catch (error) {
      logger.debug(`others can't be told that server ${server} is free: ${String(error)}`);
    }
  }

  #inTurn<Result>(server: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#work.get(server) ?? Promise.resolve();
    const running = before.then(work);
    const settled = running
      .catch(() => undefined)
      .finally(() => {
        if (this.#work.get(server) === settled) this.#work.delete(server);
      });
    this.#work.set(server, settled);
    return running;
  }
}

/** Whether both are polled the same way, whatever is said of them beside. */
function isSamePoll(one: ServerConfig, other: ServerConfig): boolean {
  const isListed = (one.listed === null) === (other.listed === null);
  return isListed && isDeepStrictEqual({ ...one, listed: null }, { ...other, listed: null });
}
