import { isSparse, MAX_MESSAGE_BYTES, type RedisNames, type ServerTopic } from '@mediamtx-monitor/types';
import {
  assertConnected,
  type Clock,
  createScriptRunner,
  parsePublishReply,
  publishPrelude,
  PublishNumbers,
  type PublishReply,
  readBounded,
} from '@mediamtx-monitor/runtime';
import type { Redis } from 'ioredis';
import { bytesOfMessage, headJson, type Publication } from './publication.ts';
import { parseStored, type Stored } from './stored.ts';

export interface RedisPublisherOptions {
  readonly redis: Redis;
  readonly names: RedisNames;
  readonly server: string;
  readonly clock: Clock;
  /** Longest time a tick may take to reach Redis. */
  readonly commandTimeoutMs: number;
  /**
   * `take-over` begins a new epoch; `join` adds one tick to the epoch that is there, for a single poll beside a
   * running collector.
   */
  readonly role: 'take-over' | 'join';
}

/** What became of a tick, and how large its messages are, in bytes. */
export interface Published extends PublishReply {
  readonly messageBytes: Readonly<Record<ServerTopic, number>>;
}

/** What stands in Redis from before, and Redis's Unix time in ms when that was read. */
interface TimedStored extends Stored {
  readonly redisNowMs: number;
}

/**
 * One tick in one round trip, atomically: keys first, publish last, so that nothing is sent that isn't stored.
 *
 * KEYS: array of streams, array of connections, head of streams, servers hash
 * ARGV: epoch, deadline (Redis's own Unix time in ms), server id, whether a path list was ever read ('1' or '0'),
 *   then channel, head JSON and array JSON of streams, and the same of connections
 * Returns [verdict, Redis's Unix time in ms, stored epoch, stored seq].
 */
const PUBLISH_SCRIPT = `${publishPrelude('KEYS[3]')}
if ARGV[4] == '1' then redis.call('SET', KEYS[1], ARGV[7]) end
redis.call('SET', KEYS[2], ARGV[10])
redis.call('SET', KEYS[3], ARGV[6])
write('HSET', KEYS[4], ARGV[3], ARGV[6])
redis.call('PUBLISH', ARGV[5], string.sub(ARGV[6], 1, -2) .. ',"streams":' .. ARGV[7] .. '}')
redis.call('PUBLISH', ARGV[8], string.sub(ARGV[9], 1, -2) .. ',"connections":' .. ARGV[10] .. '}')
return { 'published', nowMs, 0, 0 }
`;

/** Stores and publishes the ticks of one server. */
export class RedisPublisher {
  readonly #options: RedisPublisherOptions;
  readonly #keys: readonly string[];
  readonly #runScript: (args: readonly string[]) => Promise<unknown>;
  readonly #numbers: PublishNumbers;

  constructor(options: RedisPublisherOptions) {
    const { redis, names, server, clock } = options;
    this.#options = options;
    this.#keys = [
      names.latest('streams', server),
      names.latest('connections', server),
      names.streamsMeta(server),
      names.servers,
    ];
    this.#runScript = createScriptRunner(redis, PUBLISH_SCRIPT, this.#keys);
    this.#numbers = new PublishNumbers(redis, clock);
  }

  /**
   * Makes ready to publish, where that isn't done yet: reads what stands in Redis and chooses epoch and seq.
   * Resolves with what was stored, or `null` when nothing had to be done. Rejects while Redis is away.
   */
  async prepare(): Promise<TimedStored | null> {
    const { redis, role } = this.#options;
    if (this.#numbers.hasBegun) return null;
    assertConnected(redis);
    const { values } = await readBounded(redis, this.#keys.slice(0, 3), MAX_MESSAGE_BYTES);
    const [streams, connections, head] = values.map((value) => textOf(value));
    const stored = parseStored(head ?? null, streams ?? null, connections ?? null);
    return { ...stored, redisNowMs: await this.#numbers.begin(stored, role) };
  }

  /** Publishes a tick. `streamsJson` is its array of streams as JSON. Rejects when Redis didn't take it. */
  async publish({ head, connections }: Publication, streamsJson: string): Promise<Published> {
    const { redis, names, server, clock, commandTimeoutMs } = this.#options;
    const number = this.#numbers.next();
    assertConnected(redis);
    const nowMs = clock.wallMs();
    const streamsHead = headJson('streams', head, number, nowMs);
    const connectionsHead = headJson('connections', head, number, nowMs);
    const connectionsJson = JSON.stringify(connections);
    const args = [
      String(number.epoch),
      String(this.#numbers.deadlineMs(commandTimeoutMs)),
      server,
      head.collectedAt === null ? '0' : '1',
      names.channel('streams'),
      streamsHead,
      streamsJson,
      names.channel('connections'),
      connectionsHead,
      connectionsJson,
    ];
    const reply = parsePublishReply(await this.#runScript(args));
    this.#numbers.hear(reply);
    const messageBytes = {
      streams: bytesOfMessage('streams', streamsHead, streamsJson),
      connections: bytesOfMessage('connections', connectionsHead, connectionsJson),
    };
    return { ...reply, messageBytes };
  }
}

function textOf(value: Buffer | null): string | null {
  return value === null || !isSparse(value) ? null : value.toString();
}
