/** What became of a tick. */
export type Verdict = 'published' | 'late' | 'superseded';

/** What a publish script answered: [verdict, Redis's Unix time in ms, stored epoch, stored seq]. */
export interface PublishReply {
  readonly verdict: Verdict;
  readonly redisNowMs: number;
  /** The newer tick that stands in Redis; zeros unless superseded. */
  readonly storedEpoch: number;
  readonly storedSeq: number;
}

/** @throws {TypeError} when the reply isn't that of a publish script */
export function parsePublishReply(reply: unknown): PublishReply {
  const [verdict, redisNowMs, storedEpoch, storedSeq] = Array.isArray(reply)
    ? (reply as readonly unknown[])
    : [];
  if (
    (verdict !== 'published' && verdict !== 'late' && verdict !== 'superseded') ||
    typeof redisNowMs !== 'number' ||
    typeof storedEpoch !== 'number' ||
    typeof storedSeq !== 'number'
  ) {
    throw new TypeError('Redis answered the publish script with something else');
  }
  return { verdict, redisNowMs, storedEpoch, storedSeq };
}
