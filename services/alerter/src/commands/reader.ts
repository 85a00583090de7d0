import {
  CommandFailures,
  entriesIn,
  type Logger,
  membersOf,
  type RedisClient,
} from '@mediamtx-monitor/runtime';
import { EVENT_ID, isLaterEvent, NO_EVENT_ID, type RedisNames } from '@mediamtx-monitor/types';
import type { GivenCommand, TargetMessage } from '../model.ts';
import { isTargetMessage } from '../stored-checks.ts';
import { parseCommand } from './parse.ts';

export interface CommandReaderOptions {
  /** The durable Redis. */
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly logger: Logger;
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
    const { redis, names, logger } = this.#options;
    const key = names.commands;
    const reply: unknown = await redis.xread('COUNT', MAX_COMMANDS, 'STREAMS', key, lastId);
    const entries = Array.isArray(reply) ? entriesIn((reply as readonly unknown[][])[0]?.[1]) : [];
    const last = entries.at(-1);
    if (last === undefined) return { commands: [], lastId: await this.#placeIn(lastId) };
    if (lastId !== NO_EVENT_ID && (await redis.xrange(key, lastId, lastId)).length === 0) {
      logger.warn('commands that came while no alerter ran may be lost: Redis keeps only the newest');
    }
    const commands: GivenCommand[] = [];
    const odd: { readonly id: string; readonly reason: string }[] = [];
    for (const entry of entries) {
      const parsed = parseCommand(entry);
      if ('reason' in parsed) {
        odd.push({ id: entry.storedId, reason: parsed.reason });
        continue;
      }
      const { command } = parsed;
      const message = command.type === 'notification.replay' ? await this.#messageOf(command.id) : null;
      commands.push({ id: entry.storedId, command, message });
    }
    this.#tell(odd);
    return { commands, lastId: last.storedId };
  }

  #tell([first, ...others]: readonly { readonly id: string; readonly reason: string }[]): void {
    if (first === undefined) return;
    const more = others.length === 0 ? '' : `; and ${others.length} more`;
    const text = `a command can't be understood and is passed over: ${first.reason}${more}`;
    this.#options.logger.warn(text, { id: first.id });
  }

  /** The message that an entry of the notifications has, which was given up; `null` where it has none. */
  async #messageOf(id: string): Promise<TargetMessage | null> {
    if (!EVENT_ID.test(id)) return null;
    const { redis, names } = this.#options;
    const [entry] = entriesIn(await redis.xrange(names.notifications, id, id));
    const read = membersOf(entry ?? { json: null }, { message: isTargetMessage }, MAX_MESSAGE_LENGTH);
    // It was checked just now.
    return 'members' in read ? (read.members['message'] as TargetMessage) : null;
  }

  /** Where Redis was emptied, or a copy of before restored, it goes on behind what is there. */
  async #placeIn(lastId: string): Promise<string> {
    const { redis, names, logger } = this.#options;
    const [newest] = entriesIn(await redis.xrevrange(names.commands, '+', '-', 'COUNT', 1));
    if (newest === undefined || !isLaterEvent(lastId, newest.storedId)) return lastId;
    logger.warn('the commands in Redis are others than before: those that are there now are passed over');
    return newest.storedId;
  }
}

/** Longest entry of the notifications, in characters. */
const MAX_MESSAGE_LENGTH = 16_777_216;
