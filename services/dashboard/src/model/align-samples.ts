import type { PublisherSample } from '../data/stream-watch.ts';

/** A column for each number of a publisher. */
export type PublisherColumns = {
  readonly [Name in Exclude<keyof PublisherSample, 'tick'>]: readonly (number | null)[];
};

/** Puts a publisher's samples beside the ticks of the stream's own: of either, a tick may have been missed. */
export function alignSamples(
  ticks: readonly string[],
  samples: readonly PublisherSample[],
): PublisherColumns {
  const byTick = new Map(samples.map((sample) => [sample.tick, sample]));
  const column = (name: keyof PublisherColumns): readonly (number | null)[] =>
    ticks.map((tick) => byTick.get(tick)?.[name] ?? null);
  return { rttP50Ms: column('rttP50Ms'), rttP95Ms: column('rttP95Ms'), lossPercent: column('lossPercent') };
}
