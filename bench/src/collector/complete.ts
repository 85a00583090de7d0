import { redisNames, type StreamsHead } from '@mediamtx-monitor/types';
import type { Ending } from '../rig/ending.ts';
import { connectRedis } from '../rig/redis.ts';

/** A fraction of the time between two ticks, so that none is overlooked. */
const LOOK_MS = 250;

type PublishedTick = Pick<StreamsHead, 'epoch' | 'seq' | 'source' | 'missing'>;

/** Counts ticks of a collector that read all they wanted of MediaMTX. */
export class CompleteTicks {
  #last = '';
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Takes what was told last; the same again counts once. */
  see({ epoch, seq, source, missing }: PublishedTick): void {
    const number = `${epoch} ${seq}`;
    if (number === this.#last) return;
    this.#last = number;
    if (source.status === 'up' && missing.length === 0) this.#count += 1;
  }
}

/**
 * Counts from now on what is stored of a server. Its head is looked at in the key: to be subscribed would cost the Redis
 * that is measured, and all arrays come that way.
 */
export function countCompleteTicks(ending: Ending, redisUrl: string, prefix: string): CompleteTicks {
  const redis = connectRedis(ending, redisUrl);
  const key = redisNames(prefix).streamsMeta('main');
  const ticks = new CompleteTicks();
  const look = async (): Promise<void> => {
    const head = await redis.get(key);
    if (head !== null) ticks.see(JSON.parse(head) as StreamsHead);
  };
  const looking = setInterval(() => void look(), LOOK_MS);
  ending.add(() => {
    clearInterval(looking);
  });
  return ticks;
}
