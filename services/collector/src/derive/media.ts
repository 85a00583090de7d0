import type { Media } from '@mediamtx-monitor/types';
import type { TrackFact } from '../facts.ts';

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
