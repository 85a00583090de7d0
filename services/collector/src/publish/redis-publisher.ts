import { isSparse, MAX_MESSAGE_BYTES, type RedisNames, type ServerTopic } from '@mediamtx-monitor/types';
import {
  assertConnected,
  type Clock,
  createScriptRunner,
  parsePublishReply,
  PublishNumbers,
  type PublishReply,
  readBounded,
} from '@mediamtx-monitor/runtime';
import type { Redis } from 'ioredis';
import { bytesOfMessage, headJson, type Publication } from './publication.ts';
import { PUBLISH_SCRIPT } from './script.ts';
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

/** Stores and tells the ticks of one server. */
export interface RedisPublisher {
  /**
   * Makes ready to publish, where that isn't done yet: reads what stands in Redis and chooses epoch and seq.
   * Resolves with what was stored, or `null` when nothing had to be done. Rejects while Redis is away.
   */
  readonly prepare: () => Promise<TimedStored | null>;
  /** Publishes a tick. `streamsJson` is its array of streams as JSON. Rejects when Redis didn't take it. */
  readonly publish: (content: Publication, streamsJson: string) => Promise<Published>;
}

export function createRedisPublisher(options: RedisPublisherOptions): RedisPublisher {
  const { redis, names, server, clock, commandTimeoutMs, role } = options;
  const keys = [
    names.latest('streams', server),
    names.latest('connections', server),
    names.streamsMeta(server),
    names.servers,
  ] as const;
  const runScript = createScriptRunner(redis, PUBLISH_SCRIPT, keys);
  const numbers = new PublishNumbers(redis, clock, names.streamsMeta(server));

  return {
    prepare: async () => {
      if (numbers.hasBegun) return null;
      assertConnected(redis);
      const { values } = await readBounded(redis, keys.slice(0, 3), MAX_MESSAGE_BYTES);
      const [streams, connections, head] = values.map((value) => textOf(value));
      const stored = parseStored(head ?? null, streams ?? null, connections ?? null);
      return { ...stored, redisNowMs: await numbers.begin(role) };
    },
    publish: async ({ head, connections }, streamsJson) => {
      const number = numbers.next();
      assertConnected(redis);
      const nowMs = clock.wallMs();
      const streamsHead = headJson('streams', head, number, nowMs);
      const connectionsHead = headJson('connections', head, number, nowMs);
      const connectionsJson = JSON.stringify(connections);
      const args = [
        String(number.epoch),
        String(numbers.deadlineMs(commandTimeoutMs)),
        server,
        head.collectedAt === null ? '0' : '1',
        names.channel('streams'),
        streamsHead,
        streamsJson,
        names.channel('connections'),
        connectionsHead,
        connectionsJson,
      ];
      const reply = parsePublishReply(await runScript(args));
      numbers.hear(reply);
      const messageBytes = {
        streams: bytesOfMessage('streams', streamsHead, streamsJson),
        connections: bytesOfMessage('connections', connectionsHead, connectionsJson),
      };
      return { ...reply, messageBytes };
    },
  };
}

function textOf(value: Buffer | null): string | null {
  return value === null || !isSparse(value) ? null : value.toString();
}
