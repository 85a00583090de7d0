import type { Running } from '../../support/running.ts';

/** Makes ffmpeg tell its progress ten times a second. */
export const PROGRESS: readonly string[] = ['-progress', 'pipe:1', '-stats_period', '0.1'];

/** How far ffmpeg had come at a moment. */
export interface FfmpegProgress {
  /** Bytes of its output, in the format that it publishes in. */
  readonly bytes: number;
  readonly atMs: number;
}

/** What ffmpeg tells now. */
export function progressOf(ffmpeg: Running): FfmpegProgress {
  const [, bytes] = [...ffmpeg.output().matchAll(/^total_size=(\d+)$/gm)].at(-1) ?? [];
  if (bytes === undefined) throw new Error('ffmpeg has not told its progress yet');
  return { bytes: Number(bytes), atMs: performance.now() };
}

/** Mean rate between two moments in decimal Mbit/s. */
export function sentMbps(from: FfmpegProgress, to: FfmpegProgress): number {
  return ((to.bytes - from.bytes) * 8) / ((to.atMs - from.atMs) * 1_000);
}
