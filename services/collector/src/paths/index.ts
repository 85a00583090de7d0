import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { isHostAndPort, shownTarget } from '../addresses.ts';
import {
  type ForwardFact,
  type PathAnswers,
  type PathDetails,
  type PathFact,
  type ReceivedFact,
  type StaticSourceFact,
  type TrackFact,
  PULL_LINK_PREFIX,
} from '../facts.ts';
import { asCount, asFields, asFlag, asLabel, asText, asTimeMs, type Fields } from '../fields.ts';
import { type ConnectionFact, pullModuleOf } from '../protocols/index.ts';
import { shownError } from './last-error.ts';

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
function firstUnderstood<Track>(list: unknown, read: (item: unknown) => Track | null): Track[] {
  const understood: Track[] = [];
  if (!Array.isArray(list)) return understood;
  for (let index = 0; index < list.length && index < MAX_TRACKS; index += 1) {
    const track = read(list[index]);
    if (track !== null) understood.push(track);
  }
  return understood;
}

/** The tracks with their properties, as far as all of them are understood; else their names. */
function tracksOf(tracks: unknown, tracks2: unknown): TrackFact[] {
  const detailed = firstUnderstood(tracks2, detailedTrack);
  const names = firstUnderstood(tracks, codecOf);
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

/** A source's link as a connection; `null` while there is none, or where its type isn't known. */
function linkOf(name: string, fields: Fields, privacy: AddressPrivacy): ConnectionFact | null {
  const statistics = asFields(fields['typeSpecific']);
  const read = pullModuleOf(asText(fields['type']) ?? '')?.source?.link;
  if (statistics === null || read === undefined || read === null) return null;
  const remoteAddr = asText(statistics['remoteAddr']);
  const publisher = {
    ...statistics,
    id: `${PULL_LINK_PREFIX}${name}`,
    path: name,
    state: 'publish',
    remoteAddr: isHostAndPort(remoteAddr) ? remoteAddr : null,
    // When it was connected isn't told, and it has no user.
    created: null,
    user: null,
    userAgent: null,
  };
  return read(publisher, privacy);
}

/** The body of `/v3/paths/static-sources/get/{name}` (MediaMTX 1.21); `null` when it has no state. */
function readStaticSource(name: string, body: unknown, privacy: AddressPrivacy): StaticSourceFact | null {
  const fields = asFields(body);
  const state = asText(fields?.['state']);
  if (fields === null || state === null) return null;
  return { state, error: shownError(fields['lastError'], privacy), link: linkOf(name, fields, privacy) };
}

/** What MediaMTX calls protocols otherwise than we do. */
const FORWARD_PROTOCOLS: ReadonlyMap<string, string> = new Map([
  ['whip', 'webrtc'],
  ['whips', 'webrtc'],
]);

function forwardProtocolOf(value: unknown): string | null {
  const protocol = asText(value)?.toLowerCase() ?? null;
  return protocol === null ? null : (FORWARD_PROTOCOLS.get(protocol) ?? protocol);
}

/**
 * One item of `/v3/paths/forward-dests/list` or, before MediaMTX 1.21, `/v3/paths/forward/list`; `null` when it has no id
 * or place. Its `conf` is never read: it holds the destination's user, password and keys.
 */
function readForward(item: unknown, privacy: AddressPrivacy): ForwardFact | null {
  const fields = asFields(item);
  const id = asText(fields?.['id']);
  const position = fields?.['pos'];
  if (fields === null || id === null || !Number.isSafeInteger(position) || Number(position) < 1) return null;
  return {
    id,
    position: Number(position),
    // The older field tells rtmps from rtmp; 1.21 calls it deprecated.
    protocol: forwardProtocolOf(fields['protocol'] ?? fields['type']),
    state: asText(fields['state']),
    error: shownError(fields['lastError'], privacy),
    remoteAddr: shownTarget(asText(asFields(fields['typeSpecific'])?.['remoteAddr']), privacy),
    outboundBytes: asCount(fields['outboundBytes']),
  };
}

/** Real streams have a handful of forwards; each is read, remembered and published, for every stream there is. */
const MAX_FORWARDS = 64;

function readForwards(items: readonly unknown[], privacy: AddressPrivacy): readonly ForwardFact[] | null {
  const forwards = items.slice(0, MAX_FORWARDS).map((item) => readForward(item, privacy));
  // One that isn't understood makes the others doubtful, too.
  return forwards.every((forward) => forward !== null) ? forwards : null;
}

/** What could be read of answers, by the path's name; an answer that isn't understood counts as none. */
function understood<Raw, Fact>(
  answers: ReadonlyMap<string, ReceivedFact<Raw>>,
  read: (raw: Raw, name: string) => Fact | null,
): Map<string, ReceivedFact<Fact>> {
  const facts = new Map<string, ReceivedFact<Fact>>();
  for (const [name, { fact: raw, receivedAtMs }] of answers) {
    const fact = read(raw, name);
    if (fact !== null) facts.set(name, { fact, receivedAtMs });
  }
  return facts;
}

/** Turns what was told of single paths into facts, without what is secret in it. Pure. */
export function normaliseDetails(answers: PathAnswers, privacy: AddressPrivacy): PathDetails {
  return {
    configurations: answers.configurations,
    sources: understood(answers.sources, (body, name) => readStaticSource(name, body, privacy)),
    forwards: understood(answers.forwards, (items) => readForwards(items, privacy)),
  };
}
