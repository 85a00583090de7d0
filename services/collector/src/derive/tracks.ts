import type { Media } from '@mediamtx-monitor/types';
import type { PathFact, TrackFact } from '../facts.ts';

const VIDEO_CODECS: ReadonlySet<string> = new Set([
  'AV1',
  'VP9',
  'VP8',
  'H265',
  'H264',
  'MPEG-4 Video',
  'MPEG-1/2 Video',
  'M-JPEG',
]);
const AUDIO_CODECS: ReadonlySet<string> = new Set([
  'Opus',
  'Vorbis',
  'MPEG-4 Audio',
  'MPEG-4 Audio LATM',
  'MPEG-1/2 Audio',
  'AC-3',
  'Speex',
  'G726',
  'G722',
  'G711',
  'LPCM',
]);

/** The first video track, the first audio track, and the codecs of all others. */
export function mediaOf(tracks: readonly TrackFact[]): Media {
  const video = tracks.find((track) => VIDEO_CODECS.has(track.codec));
  const audio = tracks.find((track) => AUDIO_CODECS.has(track.codec));
  return {
    video:
      video === undefined
        ? null
        : {
            codec: video.codec,
            width: video.width,
            height: video.height,
            profile: video.profile,
            level: video.level,
          },
    audio:
      audio === undefined
        ? null
        : { codec: audio.codec, sampleRate: audio.sampleRate, channels: audio.channels },
    others: tracks.filter((track) => track !== video && track !== audio).map((track) => track.codec),
  };
}

/** RTP clock rates in Hz that the payload format fixes (RFC 6184, 7798, 7741, 9628, 3551, 7587, AOMedia AV1 RTP). */
const FIXED_RATES: ReadonlyMap<string, number> = new Map([
  ['AV1', 90_000],
  ['VP9', 90_000],
  ['VP8', 90_000],
  ['H265', 90_000],
  ['H264', 90_000],
  ['MPEG-4 Video', 90_000],
  ['MPEG-1/2 Video', 90_000],
  ['M-JPEG', 90_000],
  ['MPEG-1/2 Audio', 90_000],
  ['Opus', 48_000],
  ['G722', 8_000],
]);
/** Codecs whose RTP clock is their sampling rate (RFC 3640, 3551, 4184). */
const SAMPLE_RATE_CODECS: ReadonlySet<string> = new Set(['MPEG-4 Audio', 'AC-3', 'G711', 'LPCM']);

function trackClockRate({ codec, sampleRate }: TrackFact): number | null {
  if (!SAMPLE_RATE_CODECS.has(codec)) return FIXED_RATES.get(codec) ?? null;
  return sampleRate === 0 ? null : sampleRate;
}

/**
 * The RTP clock rate of a stream in Hz, where all its tracks have the same one: MediaMTX averages its jitter over
 * the tracks, and a mean of different clocks has no unit. Otherwise `null`.
 */
export function streamClockRate(path: PathFact | undefined): number | null {
  const [first, ...others] = path?.tracks ?? [];
  const rate = first === undefined ? null : trackClockRate(first);
  return others.every((track) => trackClockRate(track) === rate) ? rate : null;
}
