import type { Items } from '../lists/content.ts';
import { encode } from '../lists/json-bytes.ts';
import type { MemberNames } from '../versions/version.ts';
import { SIMULATED_SECRET, type ForwardProtocol, type Stream } from '../world/model.ts';
import { randomFrom, seedFrom, uuidFrom } from '../world/random.ts';
import { mediaBytes } from '../world/traffic.ts';
import { writeForwardLink } from './link.ts';

const DESTINATIONS: Readonly<Record<ForwardProtocol, string>> = {
  rtmp: `rtmp://192.0.2.60/live#${SIMULATED_SECRET}`,
  rtsp: `rtsp://demo:${SIMULATED_SECRET}@192.0.2.61:8554/copy`,
  srt: `srt://192.0.2.62:8890?streamid=publish:copy&passphrase=${SIMULATED_SECRET}`,
};
const ERRORS: Readonly<Record<ForwardProtocol, string>> = {
  rtmp: 'dial tcp 192.0.2.60:1935: connect: connection refused',
  rtsp: 'dial tcp 192.0.2.61:8554: connect: connection refused',
  srt: "connection timeout. server didn't respond",
};

/** JSON of each member of a forward, by name. */
function textsOf(
  stream: Stream,
  place: number,
  protocol: ForwardProtocol,
  members: MemberNames,
  nowMs: number,
): Readonly<Record<string, string>> {
  const link = stream.run?.forwards[place] ?? null;
  const failing = stream.run !== null && link === null;
  const state = stream.run === null ? 'idle' : failing ? 'error' : 'forwarding';
  return {
    id: `"${idOf(stream, place)}"`,
    pos: String(place + 1),
    created: `"${stream.createdAt}"`,
    conf: JSON.stringify({
      dest: DESTINATIONS[protocol],
      // As old as `type`.
      ...(members.includes('type') ? { moqTransport: 'quic' } : {}),
      destFingerprint: '',
      whipBearerToken: '',
    }),
    protocol: `"${protocol}"`,
    type: `"${protocol}"`,
    state: `"${state}"`,
    lastError: JSON.stringify(failing ? ERRORS[protocol] : ''),
    outboundBytes: String(link === null ? 0 : mediaBytes(link, nowMs)),
    typeSpecific: link === null ? 'null' : writeForwardLink(link, nowMs),
  };
}

function idOf({ name }: Stream, place: number): string {
  return uuidFrom(randomFrom(seedFrom(`${name}/forward ${String(place)}`)));
}

/** The places that a stream is sent on to, as JSON texts of a version, at a monotonic time in ms. */
function writeForwards(stream: Stream, members: MemberNames, nowMs: number): string[] {
  return stream.conf.forwards.map((protocol, place) => {
    const texts = textsOf(stream, place, protocol, members, nowMs);
    return `{${members.map((name) => `"${name}":${texts[name] ?? 'null'}`).join(',')}}`;
  });
}

/** The places that a stream is sent on to, as a list. */
export function forwardItems(stream: Stream, members: MemberNames, nowMs: number): Items {
  const texts = writeForwards(stream, members, nowMs);
  return {
    count: texts.length,
    write: (start, end, out) => {
      out.bytes(encode(texts.slice(start, end).join(',')));
    },
  };
}

/** The one of them with this id; `undefined` if there is none. */
export function writeForward(
  stream: Stream,
  id: string,
  members: MemberNames,
  nowMs: number,
): string | undefined {
  const place = stream.conf.forwards.findIndex((_protocol, index) => idOf(stream, index) === id);
  return writeForwards(stream, members, nowMs)[place];
}
