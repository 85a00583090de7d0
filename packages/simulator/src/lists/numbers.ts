import type { MemberNames } from '../versions/version.ts';
import { encode, type JsonBytes } from './json-bytes.ts';

/** Writes a row's numbers as they are at a monotonic time in ms: the inside of a JSON object, no braces. */
export type NumberWriter<Row> = (row: Row, nowMs: number, out: JsonBytes) => void;

/** Makes a writer of the numbers that a version names, in its order. */
export type NumberForm<Row> = (names: MemberNames) => NumberWriter<Row>;

/** What a row's numbers are, by their present names. */
export interface NumberParts<Row, Moving extends string> {
  /** Names of those that move. */
  readonly moving: readonly Moving[];
  /** The moving ones at a monotonic time in ms. */
  readonly read: (row: Row, nowMs: number) => Readonly<Record<Moving, number>>;
  /** Those that stand still at something other than 0. */
  readonly still?: Readonly<Record<string, number>>;
}

/** The names that numbers had before 1.17, and still have beside the present ones. */
const FIRST_NAMES: ReadonlyMap<string, string> = new Map([
  ['bytesReceived', 'inboundBytes'],
  ['bytesSent', 'outboundBytes'],
  ['rtpPacketsReceived', 'inboundRTPPackets'],
  ['rtpPacketsSent', 'outboundRTPPackets'],
  ['rtpPacketsLost', 'inboundRTPPacketsLost'],
  ['rtpPacketsInError', 'inboundRTPPacketsInError'],
  ['rtpPacketsJitter', 'inboundRTPPacketsJitter'],
  ['rtcpPacketsReceived', 'inboundRTCPPackets'],
  ['rtcpPacketsSent', 'outboundRTCPPackets'],
  ['rtcpPacketsInError', 'inboundRTCPPacketsInError'],
]);

/** Makes a form of numbers. Only the moving ones cost anything; the text between them is made once. */
export function numbers<Row, Moving extends string>({
  moving,
  read,
  still = {},
}: NumberParts<Row, Moving>): NumberForm<Row> {
  const find = (name: string): Moving | undefined => moving.find((one) => one === name);
  return (names) => {
    const holes: { readonly before: Uint8Array; readonly name: Moving }[] = [];
    let text = '';
    for (const [index, name] of names.entries()) {
      const first = FIRST_NAMES.get(name) ?? name;
      const source = find(name) ?? find(first);
      text += `${index === 0 ? '' : ','}"${name}":`;
      if (source === undefined) {
        text += String(still[name] ?? still[first] ?? 0);
      } else {
        holes.push({ before: encode(text), name: source });
        text = '';
      }
    }
    const end = encode(text);
    return (row, nowMs, out) => {
      const values = read(row, nowMs);
      for (const { before, name } of holes) {
        out.bytes(before);
        out.number(values[name]);
      }
      out.bytes(end);
    };
  };
}

/** One form for publishers and one for readers. */
export function byRole<Row extends { readonly role: 'publish' | 'read' }>(
  publish: NumberForm<Row>,
  read: NumberForm<Row>,
): NumberForm<Row> {
  return (names) => {
    const writers = { publish: publish(names), read: read(names) };
    return (row, nowMs, out) => {
      writers[row.role](row, nowMs, out);
    };
  };
}
