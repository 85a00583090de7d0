import { CommandFailures, entriesIn, type Logger } from '@mediamtx-monitor/runtime';
import { type AlerterCommand, isLaterEvent, NO_EVENT_ID } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { parseCommand } from './parse.ts';

export interface CommandReaderOptions {
  /** The durable Redis. */
  readonly redis: Redis;
  /** Redis stream of commands. */
  readonly key: string;
  readonly logger: Logger;
}

/** A command, and the id of its entry. */
export interface GivenCommand {
  readonly id: string;
  readonly command: AlerterCommand;
}

/** What people have wanted since. */
export interface ReadCommands {
  readonly commands: readonly GivenCommand[];
  /** Id of the last entry that was looked at: next time it goes on behind. */
  readonly lastId: string;
}

/** So many are done in a tick. */
const MAX_COMMANDS = 100;
const FAILURE = `commands can't be read`;

/** Reads what people want of the alerter, in order. */
export class CommandReader {
  readonly #options: CommandReaderOptions;
  readonly #failures: CommandFailures;

  constructor(options: CommandReaderOptions) {
    this.#options = options;
    this.#failures = new CommandFailures(options.redis, options.logger);
  }

  /** Reads what comes after an id. Without Redis there is nothing, and it is looked at again. Never rejects. */
  async read(lastId: string): Promise<ReadCommands> {
    try {
      const read = await this.#read(lastId);
      this.#failures.clear(FAILURE);
      return read;
    } catch (error) {
      this.#failures.handle(FAILURE, error);
      return { commands: [], lastId };
    }
  }

  async #read(lastId: string): Promise<ReadCommands> {
    const { redis, key, logger } = this.#options;
    const reply: unknown = await redis.xread('COUNT', MAX_COMMANDS, 'STREAMS', key, lastId);
    const entries = Array.isArray(reply) ? entriesIn((reply as readonly unknown[][])[0]?.[1]) : [];
    const last = entries.at(-1);
    if (last === undefined) return { commands: [], lastId: await this.#placeIn(lastId) };
    if (lastId !== NO_EVENT_ID && (await redis.xrange(key, lastId, lastId)).length === 0) {
      logger.warn('commands that came while no alerter ran may be lost: Redis keeps only the newest');
    }
    const commands = entries.flatMap((entry): GivenCommand[] => {
      const parsed = parseCommand(entry);
      if ('command' in parsed) return [{ id: entry.storedId, command: parsed.command }];
      logger.warn(`a command can't be understood and is passed over: ${parsed.reason}`, { id: entry.storedId });
      return [];
    });
    return { commands, lastId: last.storedId };
  }

  /** Where Redis was emptied, or a copy of before restored, it goes on behind what is there. */
  async #placeIn(lastId: string): Promise<string> {
    const { redis, key, logger } = this.#options;
    const [newest] = entriesIn(await redis.xrevrange(key, '+', '-', 'COUNT', 1));
    if (newest === undefined || !isLaterEvent(lastId, newest.storedId)) return lastId;
    logger.warn('the commands in Redis are others than before: those that are there now are passed over');
    return newest.storedId;
  }
}
