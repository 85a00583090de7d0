import type { AddressPrivacy } from '@mediamtx-monitor/types';
import { asFields, asText, type Fields } from '../fields.ts';
import type { ConnectionFact, ListName, StaticSourceFact } from '../facts.ts';
import type { RawConnection } from './connection.ts';
import { shownError } from './last-error.ts';
import { normaliseMoq } from './moq.ts';
import { isHostAndPort } from '../addresses.ts';
import { normaliseRtmp } from './rtmp.ts';
import { normaliseRtsp } from './rtsp.ts';
import { normaliseSrt } from './srt.ts';
import { normaliseWebrtc } from './webrtc.ts';

/** How the link of a kind of source is read: its fields are those of publishers in a list. */
interface LinkReader {
  readonly list: ListName;
  readonly read: (raw: RawConnection) => ConnectionFact | null;
}

/** By the source's type in lower case. */
const LINKS: ReadonlyMap<string, LinkReader> = new Map<string, LinkReader>([
  ['srtsource', { list: 'srtconns', read: normaliseSrt }],
  // Whether it is encrypted isn't told.
  ['rtspsource', { list: 'rtspsessions', read: (raw) => normaliseRtsp(raw, 'rtsp', new Map()) }],
  ['rtmpsource', { list: 'rtmpconns', read: (raw) => normaliseRtmp(raw, 'rtmp') }],
  ['webrtcsource', { list: 'webrtcsessions', read: normaliseWebrtc }],
  ['moqsource', { list: 'moqsessions', read: normaliseMoq }],
]);

/** A source's link as a connection; `null` while there is none, or where its type isn't known. */
function linkOf(name: string, fields: Fields, privacy: AddressPrivacy): ConnectionFact | null {
  const statistics = asFields(fields['typeSpecific']);
  const link = LINKS.get(asText(fields['type'])?.toLowerCase() ?? '');
  if (statistics === null || link === undefined) return null;
  const { list, read } = link;
  const remoteAddr = asText(statistics['remoteAddr']);
  const raw = {
    ...statistics,
    id: `pull:${name}`,
    path: name,
    state: 'publish',
    remoteAddr: isHostAndPort(remoteAddr) ? remoteAddr : null,
    // When it was connected isn't told, and it has no user.
    created: null,
    user: null,
    userAgent: null,
  };
  return read({ fields: raw, privacy, list });
}

/** The body of `/v3/paths/static-sources/get/{name}` (MediaMTX 1.21); `null` when it has no state. */
export function normaliseStaticSource(
  name: string,
  body: unknown,
  privacy: AddressPrivacy,
): StaticSourceFact | null {
  const fields = asFields(body);
  const state = asText(fields?.['state']);
  if (fields === null || state === null) return null;
  return { state, error: shownError(fields['lastError'], privacy), link: linkOf(name, fields, privacy) };
}
