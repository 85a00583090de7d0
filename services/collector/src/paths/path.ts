import type { PathFact, TrackFact } from '../facts.ts';
import { asCount, asFields, asFlag, asLabel, asText, asTimeMs } from '../fields.ts';

function namedTrack(codec: string): TrackFact {
  return { codec, width: null, height: null, profile: null, level: null, sampleRate: null, channels: null };
}

/** A track with its properties (`tracks2`, MediaMTX 1.17.0); `null` when it has no codec. */
function detailedTrack(item: unknown): TrackFact | null {
  const fields = asFields(item);
  const codec = codecOf(fields?.['codec']);
  if (codec === null) return null;
  const props = asFields(fields?.['codecProps']);
  if (props === null) return namedTrack(codec);
  return {
    codec,
    width: asCount(props['width']),
    height: asCount(props['height']),
    profile: asLabel(props['profile']),
    level: asLabel(props['level']),
    sampleRate: asCount(props['sampleRate']),
    channels: asCount(props['channelCount']),
  };
}

/** Real streams have a handful of tracks, and no codec's name has twenty characters; whoever publishes may claim more. */
const MAX_TRACKS = 16;
const MAX_CODEC = 32;

function codecOf(value: unknown): string | null {
  const codec = asText(value);
  return codec === null || codec.length > MAX_CODEC ? null : codec;
}

/** What is understood of a list of tracks, up to so many. */
function understood<Track>(list: unknown, read: (item: unknown) => Track | null): Track[] {
  if (!Array.isArray(list)) return [];
  return list
    .slice(0, MAX_TRACKS)
    .map(read)
    .filter((track) => track !== null);
}

/** The tracks with their properties, as far as all of them are understood; else their names. */
function tracksOf(tracks: unknown, tracks2: unknown): TrackFact[] {
  const detailed = understood(tracks2, detailedTrack);
  const names = understood(tracks, codecOf);
  return detailed.length < names.length ? names.map(namedTrack) : detailed;
}

/** Types of the readers; their case drifts between versions. */
function readerTypes(readers: unknown): string[] {
  if (!Array.isArray(readers)) return [];
  return readers.map((reader: unknown) => asText(asFields(reader)?.['type'])?.toLowerCase() ?? '');
}

/** One item of `/v3/paths/list`; `null` when it has no name. */
export function normalisePath(item: unknown): PathFact | null {
  const fields = asFields(item);
  const name = asText(fields?.['name']);
  if (fields === null || name === null) return null;
  const source = asFields(fields['source']);
  return {
    name,
    confName: asText(fields['confName']),
    sourceType: asText(source?.['type']),
    sourceId: asText(source?.['id']),
    // Since 1.16 it is called available; its old name, and those of times and bytes, are deprecated.
    ready: (asFlag(fields['ready']) ?? asFlag(fields['available'])) === true,
    online: asFlag(fields['online']),
    readyAtMs: asTimeMs(fields['readyTime'] ?? fields['availableTime']),
    tracks: tracksOf(fields['tracks'], fields['tracks2']),
    inboundBytes: asCount(fields['bytesReceived'] ?? fields['inboundBytes']),
    outboundBytes: asCount(fields['bytesSent'] ?? fields['outboundBytes']),
    framesInError: asCount(fields['inboundFramesInError']),
    readerTypes: readerTypes(fields['readers']),
  };
}
