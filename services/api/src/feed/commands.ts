import type { AlerterCommand } from '@mediamtx-monitor/types';
import type { Durable } from './durable.ts';

/** So many are kept, about: the alerter reads them within seconds. */
const MAX_COMMANDS = 10_000;

/** What people want of the alerter, which reads it in order. */
export class Commands {
  readonly #durable: Durable;
  readonly #key: string;

  /** @param key Redis stream of commands */
  constructor(durable: Durable, key: string) {
    this.#durable = durable;
    this.#key = key;
  }

  /**
   * Has the alerter do something. Resolves with the id of the command.
   * @throws {RedisAwayError|RedisRefusedError} where no answer came in time, it may be done all the same
   */
  send(command: AlerterCommand): Promise<string> {
    return this.#durable.append(this.#key, JSON.stringify(command), MAX_COMMANDS);
  }
}
