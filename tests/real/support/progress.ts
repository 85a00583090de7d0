import type { Running } from './running.ts';

/** Makes ffmpeg tell its progress twice a second. */
export const PROGRESS = ['-progress', 'pipe:1', '-stats_period', '0.5'];

/** How far ffmpeg has come. */
export interface Progress {
  /** Bytes of its output: of a file in the format that it publishes in. */
  readonly bytes: number;
  /** Time of the media. */
  readonly mediaMs: number;
}

const BLOCK = /total_size=(\d+)\nout_time_us=(\d+)/g;

/** What ffmpeg told last. */
export function progressOf(ffmpeg: Running): Progress {
  const [, bytes, mediaUs] = [...ffmpeg.output().matchAll(BLOCK)].at(-1) ?? [];
  if (bytes === undefined || mediaUs === undefined) throw new Error('ffmpeg has not told its progress yet');
  return { bytes: Number(bytes), mediaMs: Number(mediaUs) / 1_000 };
}

/** Mean rate between two moments in decimal Mbit/s; ffmpeg sends media at the speed of its time. */
export function sentMbps(from: Progress, to: Progress): number {
  return ((to.bytes - from.bytes) * 8) / ((to.mediaMs - from.mediaMs) * 1_000);
}
