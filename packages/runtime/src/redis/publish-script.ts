import { MAX_EPOCH_AHEAD_MS, type TickNumber, type SnapshotTopic } from '@mediamtx-monitor/types';

/** A text as it is, or encoded already: a large one is copied less often so. */
type Text = string | Buffer;

/** What a tick writes and publishes, in this order: keys first, so that nothing is published that isn't stored. */
export interface TickWrites {
  /** Strings; with `expiresMs` they are gone after so long. */
  readonly sets?: readonly { readonly key: string; readonly value: Text; readonly expiresMs?: number }[];
  /** Fields of hashes. */
  readonly hashes?: readonly { readonly key: string; readonly field: string; readonly value: string }[];
  /** Members of sorted sets, by Redis's Unix time in ms; those that are older than `keptMs` leave the set. */
  readonly sorted?: readonly { readonly key: string; readonly member: string; readonly keptMs: number }[];
  readonly publishes?: readonly ChannelMessage[];
}

/** What is published on a channel. */
export interface ChannelMessage {
  readonly channel: string;
  readonly message: string | JoinedMessage;
  /** Another channel: whoever subscribes to it, too, has no use for the message, which has to be a joined one. */
  readonly unlessAlso?: string;
}

/**
 * A message whose head and array are sent once, however often they are written: the script joins them, and publishes the
 * message where somebody may hear it.
 */
export interface JoinedMessage {
  readonly topic: SnapshotTopic;
  /** JSON object. */
  readonly head: string;
  /** JSON array, which becomes the head's last member. */
  readonly array: Text;
}

/** What became of a tick. */
export type TickOutcome = 'published' | 'late' | 'superseded';

/** What the script answered. */
export interface PublishReply {
  readonly outcome: TickOutcome;
  readonly redisNowMs: number;
  /** The newer tick that stands in Redis; zeros unless superseded. */
  readonly stored: TickNumber;
}

/** The numbering stands at the beginning of a head, before anything that someone else could have named so. */
export const NUMBERING_BYTES = 300;

/** Sets `epoch` and `seq` to the digits that stand in the head under the guard; both are nil where it has none. */
export const READ_NUMBERING = `
local stored = redis.pcall('GET', KEYS[1])
local epoch, seq
if type(stored) == 'string' then
  epoch, seq = string.match(string.sub(stored, 1, ${NUMBERING_BYTES}), '"epoch":(%d+),"seq":(%d+)')
end
`;

/**
 * Whether somebody may hear what is published on a channel. Of who listens by a pattern, or at a replica of this Redis,
 * nobody can tell which channels; and without the right to ask, anyone may listen. What isn't for those who subscribe to
 * another channel, too, stands on a channel of its own as well: whoever isn't counted hears it there.
 */
const isHeard = (count: string): string => `
local hasOthers
local function isHeard(channel, unlessAlso)
  if unlessAlso then
    local listeners = redis.pcall('PUBSUB', '${count}', channel, unlessAlso)
    return not listeners[2] or listeners[2] > listeners[4]
  end
  if hasOthers == nil then
    local patterns = redis.pcall('PUBSUB', 'NUMPAT')
    local replication = redis.pcall('INFO', 'replication')
    hasOthers = patterns ~= 0 or type(replication) ~= 'string'
      or not string.find(replication, 'repl_backlog_active:0', 1, true)
  end
  if hasOthers then return true end
  local listeners = redis.pcall('PUBSUB', '${count}', channel)
  return listeners[2] ~= 0
end
`;

/** What publishes, and what tells how many listen. */
interface ChannelCommands {
  readonly publish: string;
  readonly count: string;
}

/**
 * One tick in one round trip, atomically. It refuses a tick that reaches Redis after its deadline (a paused Redis would
 * otherwise publish old ticks when it goes on), and one of an older epoch than the stored one, unless that is absurd.
 * A key of another kind than what is written there is removed first: nothing that is stored can stop the one who
 * publishes.
 *
 * KEYS: the guard, whose value begins with a head; then all others that are written
 * ARGV: epoch, deadline (Redis's own Unix time in ms), the writes as JSON in which keys and texts are numbers, the texts
 * Returns [outcome, Redis's Unix time in ms, stored epoch, stored seq].
 */
const publishScript = ({ publish, count }: ChannelCommands): string => `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
if nowMs > tonumber(ARGV[2]) then return { 'late', nowMs, 0, 0 } end
${READ_NUMBERING}
epoch = tonumber(epoch or 0)
if epoch > tonumber(ARGV[1]) and epoch < nowMs + ${MAX_EPOCH_AHEAD_MS} then
  return { 'superseded', nowMs, epoch, math.min(tonumber(seq), ${Number.MAX_SAFE_INTEGER}) }
end
local function write(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) ~= 'table' or not reply.err then return end
  if string.find(reply.err, 'WRONGTYPE', 1, true) then redis.call('DEL', key) end
  redis.call(command, key, ...)
end
${isHeard(count)}local writes = cjson.decode(ARGV[3])
for _, set in ipairs(writes.sets) do
  if set.expiresMs then redis.call('SET', KEYS[set.key], ARGV[set.value], 'PX', set.expiresMs)
  else redis.call('SET', KEYS[set.key], ARGV[set.value]) end
end
for _, hash in ipairs(writes.hashes) do write('HSET', KEYS[hash.key], hash.field, ARGV[hash.value]) end
for _, sorted in ipairs(writes.sorted) do
  write('ZADD', KEYS[sorted.key], nowMs, sorted.member)
  redis.call('ZREMRANGEBYSCORE', KEYS[sorted.key], '-inf', nowMs - sorted.keptMs)
end
for _, publish in ipairs(writes.publishes) do
  local text = ARGV[publish.text]
  if not publish.array then redis.call('${publish}', publish.channel, text)
  elseif isHeard(publish.channel, publish.unlessAlso) then
    text = string.sub(text, 1, -2) .. ',"' .. publish.topic .. '":' .. ARGV[publish.array] .. '}'
    redis.call('${publish}', publish.channel, text)
  end
end
return { 'published', nowMs, 0, 0 }
`;
export const PUBLISH_SCRIPT = publishScript({ publish: 'PUBLISH', count: 'NUMSUB' });
/** The same for a cluster, where a channel is on the node that has the keys of the tick. */
export const SHARD_PUBLISH_SCRIPT = publishScript({ publish: 'SPUBLISH', count: 'SHARDNUMSUB' });

/** Keys and arguments of the script. A text that is written several times is sent once. */
export function scriptInput(
  guard: string,
  { epoch }: TickNumber,
  deadlineMs: number,
  writes: TickWrites,
): { readonly keys: readonly string[]; readonly args: readonly Text[] } {
  const { sets = [], hashes = [], sorted = [], publishes = [] } = writes;
  const keys = new Numbered<string>(1);
  keys.of(guard);
  const before = [String(epoch), String(deadlineMs)];
  const texts = new Numbered<Text>(before.length + 2);
  const plan = {
    sets: sets.map((each) => ({ ...each, key: keys.of(each.key), value: texts.of(each.value) })),
    hashes: hashes.map((each) => ({ ...each, key: keys.of(each.key), value: texts.of(each.value) })),
    sorted: sorted.map((each) => ({ ...each, key: keys.of(each.key) })),
    publishes: publishes.map(({ channel, message, unlessAlso }) =>
      typeof message === 'string'
        ? { channel, text: texts.of(message) }
        : {
            channel,
            unlessAlso,
            text: texts.of(message.head),
            topic: message.topic,
            array: texts.of(message.array),
          },
    ),
  };
  return { keys: keys.all, args: [...before, JSON.stringify(plan), ...texts.all] };
}

/** Gives each different text a number, counting on from `first`; of those that are encoded, each buffer. */
class Numbered<Item extends Text> {
  readonly #first: number;
  readonly #numbers = new Map<Item, number>();

  constructor(first: number) {
    this.#first = first;
  }

  of(text: Item): number {
    const number = this.#numbers.get(text) ?? this.#first + this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }

  get all(): Item[] {
    return [...this.#numbers.keys()];
  }
}

/** @throws {TypeError} when the reply isn't that of the publish script */
export function parsePublishReply(reply: unknown): PublishReply {
  const [outcome, redisNowMs, epoch, seq] = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
  if (
    (outcome !== 'published' && outcome !== 'late' && outcome !== 'superseded') ||
    typeof redisNowMs !== 'number' ||
    typeof epoch !== 'number' ||
    typeof seq !== 'number'
  ) {
    throw new TypeError('Redis answered the publish script with something else');
  }
  return { outcome, redisNowMs, stored: { epoch, seq } };
}
