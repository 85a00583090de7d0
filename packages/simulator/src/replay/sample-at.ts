import type { RawSample } from '@mediamtx-monitor/types';

/** When each sample was taken, in ms after the first. */
function offsetsMs(samples: readonly RawSample[]): number[] {
  const times = samples.map(({ takenAt }) => Date.parse(takenAt));
  const first = times[0] ?? 0;
  return times.map((time) => time - first);
}

/**
 * Makes the function that finds the sample nearest to a time in ms since the first one; the last stays for ever.
 * Nearest rather than newest, so that a poll that comes a moment early doesn't miss its sample.
 */
export function createSampleAt(samples: readonly RawSample[]): (elapsedMs: number) => RawSample | undefined {
  const offsets = offsetsMs(samples);
  return (elapsedMs) => {
    const beginning = offsets.map((offset, index) => (offset + (offsets[index - 1] ?? offset)) / 2);
    return samples[
      Math.max(
        0,
        beginning.findLastIndex((beginMs) => beginMs <= elapsedMs),
      )
    ];
  };
}
