import { isCounted } from '@mediamtx-monitor/model';
import type { StreamRecord } from '@mediamtx-monitor/types';
import type { Texts } from './en/index.ts';
import type { Format } from './format.ts';
import { type MissingNumber, protocolName } from '../model/protocol.ts';
import type { ListedStream } from '../model/streams.ts';
import { lastedMs } from '../model/times.ts';

/** A state in words; one that isn't known, of a newer collector or anybody's, as it is spelt. */
export function stateText(state: string, texts: Readonly<Record<string, string>>): string {
  // A record's own members only: `__proto__` is a member of all.
  return Object.hasOwn(texts, state) ? (texts[state] ?? state) : state;
}

const SEPARATOR = ' · ';
/** Names that are shorter, and better known, than MediaMTX's. */
const SHORT: ReadonlyMap<string, string> = new Map([['MPEG-4 Audio', 'AAC']]);

/** What a stream carries, in short: `H264 1920×1080 · AAC`. Empty while nothing is known. */
export function mediaText({ media, tracks }: Pick<StreamRecord, 'media' | 'tracks'>): string {
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

/** How many watch over what, the most first: `3 WebRTC, 1 HLS`. Empty when nobody does, and where nobody counts. */
export function viewersText(
  stream: Pick<StreamRecord, 'readersByProtocol' | 'state'>,
  { table }: Texts,
  { count }: Format,
): string {
  if (!isCounted(stream)) return '';
  return Object.entries(stream.readersByProtocol)
    .filter(([, readers]) => readers > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([protocol, readers]) => table.viewersBy(count(readers), protocolName(protocol)))
    .join(', ');
}

/** When a stream that isn't live was last live; `null` where that isn't known, and of one that is. */
export function lastLiveText({ stream, asOf }: ListedStream, texts: Texts, format: Format): string | null {
  if (stream.last == null || stream.state === 'live') return null;
  return texts.lastLive(format.duration(lastedMs(stream.last.liveAt, asOf)));
}

/** Why there is no round-trip time, in words. */
export function rttHint(missing: MissingNumber, { hints }: Texts): string {
  if (missing.kind === 'not-reported') return hints.noRttOver(protocolName(missing.protocol));
  return missing.kind === 'not-known' ? hints.noRttKnown : hints.noRtt;
}

/** Why there is no loss, in words. */
export function lossHint(missing: MissingNumber, { hints }: Texts): string {
  if (missing.kind === 'not-reported') return hints.noLossOver(protocolName(missing.protocol));
  return missing.kind === 'not-known' ? hints.noLossKnown : hints.noLoss;
}
