/**
 * Stores and tells one message in one round trip, the key first, so that nothing is told that isn't stored. It refuses
 * a message that reaches Redis after its deadline (a paused Redis would otherwise tell old ones as new when it goes
 * on), and one of an older epoch than the stored one: then two agents think they are the same host.
 *
 * KEYS: the host's newest message
 * ARGV: epoch, deadline (Redis's own Unix time in ms), time in ms after which the key expires, channel, message
 * Returns [verdict, Redis's Unix time in ms, stored epoch].
 */
export const PUBLISH_SCRIPT = `
local time = redis.call('TIME')
local nowMs = time[1] * 1000 + math.floor(time[2] / 1000)
if nowMs > tonumber(ARGV[2]) then return { 'late', nowMs, 0 } end
local stored = redis.call('GET', KEYS[1])
local epoch = stored and tonumber(string.match(stored, '"epoch":(%d+)')) or 0
if epoch > tonumber(ARGV[1]) then return { 'superseded', nowMs, epoch } end
redis.call('SET', KEYS[1], ARGV[5], 'PX', ARGV[3])
redis.call('PUBLISH', ARGV[4], ARGV[5])
return { 'published', nowMs, 0 }
`;

/** What became of a message. */
export type Verdict = 'published' | 'late' | 'superseded';

/** What the script answered. */
export interface ScriptReply {
  readonly verdict: Verdict;
  readonly redisNowMs: number;
  /** The newer epoch that stands in Redis; 0 unless superseded. */
  readonly storedEpoch: number;
}

/** @throws {TypeError} when the reply isn't the script's */
export function parseScriptReply(reply: unknown): ScriptReply {
  const [verdict, redisNowMs, storedEpoch] = Array.isArray(reply) ? (reply as readonly unknown[]) : [];
  if (
    (verdict !== 'published' && verdict !== 'late' && verdict !== 'superseded') ||
    typeof redisNowMs !== 'number' ||
    typeof storedEpoch !== 'number'
  ) {
    throw new TypeError('Redis answered the publish script with something else');
  }
  return { verdict, redisNowMs, storedEpoch };
}

/** The epoch of a stored message, which comes before anything that a host could have named so; 0 without one. */
export function epochOf(stored: string | null): number {
  return Number(/"epoch":(\d+)/.exec(stored ?? '')?.[1] ?? 0);
}
