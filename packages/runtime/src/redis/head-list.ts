import { MAX_EPOCH_AHEAD_MS, type TickNumber } from '@mediamtx-monitor/types';
import type { Clock } from '../clock.ts';
import type { RedisClient } from './client.ts';
import { type TickOutcome, type TickWrites, NUMBERING_BYTES, parsePublishReply } from './publish-script.ts';
import { RedisTime } from './redis-time.ts';
import { createScriptRunner, type RunScript } from './script-runner.ts';

/** A head for the list of all, which has its own channel. */
export interface ListedHead {
  /** Key of the hash. */
  readonly key: string;
  readonly field: string;
  readonly head: string;
  readonly channel: string;
  readonly message: string;
}

/** What a tick writes where all of it stands in one Redis: the list comes last. */
export function withListed(
  writes: TickWrites,
  { key, field, head, channel, message }: ListedHead,
): TickWrites {
  return {
    ...writes,
    hashes: [...(writes.hashes ?? []), { key, field, value: head }],
    publishes: [...(writes.publishes ?? []), { channel, message }],
  };
}

/**
 * Puts a head into the list in a cluster, where another node has it than the tick: after that, and unless a newer one stands
 * there, or it comes too late.
 *
 * KEYS: the list
 * ARGV: epoch, seq, deadline (this node's Unix time in ms), field, head, channel, message
 * Returns as the publish script.
 */
const LIST_SCRIPT = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
if nowMs > tonumber(ARGV[3]) then return { 'late', nowMs, 0, 0 } end
local stored = redis.pcall('HGET', KEYS[1], ARGV[4])
if type(stored) == 'table' and stored.err then redis.call('DEL', KEYS[1]) end
if type(stored) == 'string' then
  local epoch, seq = string.match(string.sub(stored, 1, ${NUMBERING_BYTES}), '"epoch":(%d+),"seq":(%d+)')
  epoch, seq = tonumber(epoch or 0), tonumber(seq or 0)
  local own = tonumber(ARGV[1])
  local isNewer = epoch > own or (epoch == own and seq > tonumber(ARGV[2]))
  if isNewer and epoch < nowMs + ${MAX_EPOCH_AHEAD_MS} then
    return { 'superseded', nowMs, epoch, math.min(seq, ${Number.MAX_SAFE_INTEGER}) }
  end
end
redis.call('HSET', KEYS[1], ARGV[4], ARGV[5])
redis.call('SPUBLISH', ARGV[6], ARGV[7])
return { 'published', nowMs, 0, 0 }
`;

/** The list of all heads in a cluster. */
export class HeadList {
  /** Of the node that has the list. */
  readonly #time: RedisTime;
  readonly #run: RunScript;

  constructor(redis: RedisClient, clock: Pick<Clock, 'monotonicMs'>) {
    this.#time = new RedisTime(redis, clock);
    this.#run = createScriptRunner(redis, LIST_SCRIPT);
  }

  /** Puts a head there. Rejects when its node didn't take it. @param patienceMs longest time it may take to get there */
  async put({ epoch, seq }: TickNumber, listed: ListedHead, patienceMs: number): Promise<TickOutcome> {
    if (this.#time.nowMs === undefined) await this.#time.read();
    const { key, field, head, channel, message } = listed;
    const numbers = [epoch, seq, this.#time.inMs(patienceMs)].map(String);
    const reply = parsePublishReply(await this.#run([key], [...numbers, field, head, channel, message]));
    this.#time.update(reply.redisNowMs);
    return reply.outcome;
  }
}
