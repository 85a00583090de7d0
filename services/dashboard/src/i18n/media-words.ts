import type { StreamRecord } from '@mediamtx-monitor/types';

const SEPARATOR = ' · ';

/** What a stream carries, in short: `H264 1920×1080 · MPEG-4 Audio`. Empty while nothing is known. */
export function mediaWords({ media, tracks }: Pick<StreamRecord, 'media' | 'tracks'>): string {
  const { video, audio, others } = media;
  const parts = [
    video !== null && `${video.codec}${size(video)}`,
    audio !== null && audio.codec,
    ...others,
  ].filter((part) => typeof part === 'string');
  return (parts.length > 0 ? parts : tracks).join(SEPARATOR);
}

function size({ width, height }: { readonly width: number | null; readonly height: number | null }): string {
  return width === null || height === null ? '' : ` ${width}×${height}`;
}
