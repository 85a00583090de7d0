import type { PublisherSample } from '../data/stream-watch.ts';

/** A column for each number of a publisher. */
export type PublisherColumns = {
  readonly [Name in Exclude<keyof PublisherSample, 'time'>]: readonly (number | null)[];
};

/**
 * Puts a publisher's samples beside the times of the stream's own: both topics of a tick are published at the same time,
 * but either may have been missed.
 */
export function alignSamples(
  times: readonly number[],
  samples: readonly PublisherSample[],
): PublisherColumns {
  const byTime = new Map(samples.map((sample) => [sample.time, sample]));
  const column = (name: keyof PublisherColumns): readonly (number | null)[] =>
    times.map((time) => byTime.get(time)?.[name] ?? null);
  return { rttP50Ms: column('rttP50Ms'), rttP95Ms: column('rttP95Ms'), lossPercent: column('lossPercent') };
}
