import type { StreamRecord } from '@mediamtx-monitor/types';

const SEPARATOR = ' · ';
/** Names that are shorter, and better known, than MediaMTX's. */
const SHORT: ReadonlyMap<string, string> = new Map([['MPEG-4 Audio', 'AAC']]);

/** What a stream carries, in short: `H264 1920×1080 · AAC`. Empty while nothing is known. */
export function mediaWords({ media, tracks }: Pick<StreamRecord, 'media' | 'tracks'>): string {
  const { video, audio, others } = media;
  const parts = [
    video !== null && `${video.codec}${size(video)}`,
    audio !== null && short(audio.codec),
    ...others.map(short),
  ].filter((part) => typeof part === 'string');
  return (parts.length > 0 ? parts : tracks.map(short)).join(SEPARATOR);
}

function short(codec: string): string {
  return SHORT.get(codec) ?? codec;
}

function size({ width, height }: { readonly width: number | null; readonly height: number | null }): string {
  return width === null || height === null ? '' : ` ${width}×${height}`;
}
