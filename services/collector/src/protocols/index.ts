import type { AddressPrivacy, ConnectionRecord, Protocol, ProtocolDetail } from '@mediamtx-monitor/types';
import { asFields } from '../fields.ts';
import { HLS, type HlsConnection } from './hls.ts';
import { MOQ, type MoqConnection } from './moq.ts';
import type { ConnectionList, LinkFigures, ProtocolModule, RawConnection } from './protocol.ts';
import { RTMP, type RtmpConnection, RTMPS } from './rtmp.ts';
import { RTSP, type RtspConnection, RTSPS } from './rtsp.ts';
import { SRT, type SrtConnection } from './srt.ts';
import { WEBRTC, type WebrtcConnection } from './webrtc.ts';

export { isMuxer } from './hls.ts';
export { type ListFailure, type ListOutcome, normaliseList } from './list.ts';
export type { ConnectionWindows, LinkMeasures } from './protocol.ts';
export type { RtpFact } from './rtp.ts';
export type { SrtFact } from './srt.ts';

/** What one poll showed of a connection. */
export type ConnectionFact =
  SrtConnection | RtspConnection | RtmpConnection | HlsConnection | WebrtcConnection | MoqConnection;

/** Every protocol that MediaMTX speaks, in the order in which lists are asked for and failures are told. */
const MODULES = {
  srt: SRT,
  rtsp: RTSP,
  rtsps: RTSPS,
  rtmp: RTMP,
  rtmps: RTMPS,
  hls: HLS,
  webrtc: WEBRTC,
  moq: MOQ,
} satisfies Readonly<Record<Protocol, { readonly protocol: Protocol }>>;

/**
 * The same for those who look a module up by what they have: what goes into its functions is of its protocol, which the
 * type of a table can't say.
 */
export const PROTOCOL_MODULES = MODULES as Readonly<Record<Protocol, AnyModule>>;

type AnyModule = Omit<
  ProtocolModule<ConnectionFact, ProtocolDetail, Readonly<Record<ConnectionListName, object>>>,
  'lists'
> & { readonly lists: readonly ConnectionList<ConnectionListName, object>[] };

/** What a record tells of its link. */
export function figuresOf(record: ConnectionRecord): LinkFigures {
  return PROTOCOL_MODULES[record.protocol].figures(record);
}

/** A list that tells of connections, by its name here. */
export type ConnectionListName = (typeof MODULES)[keyof typeof MODULES]['lists'][number]['name'];

/**
 * What MediaMTX is asked for; all but `info` are lists. The names are those of its URLs before 1.21, and stay
 * the same whatever it calls them.
 */
export type ListName = 'paths' | ConnectionListName | 'info';

const CONNECTION_LISTS = Object.values(MODULES).flatMap(({ protocol, lists }) =>
  lists.map((list) => ({ protocol, ...list })),
);

export const LIST_NAMES: readonly ListName[] = ['paths', ...CONNECTION_LISTS.map(({ name }) => name), 'info'];

const NEW_NAMES: ReadonlyMap<string, string> = new Map(
  CONNECTION_LISTS.map(({ name, newName }) => [name, newName]),
);

/** What a list is called in URLs from MediaMTX 1.21 on; `null` = as before. */
export function newListName(list: string): string | null {
  return NEW_NAMES.get(list) ?? null;
}

const READERS: ReadonlyMap<string, (raw: RawConnection) => object | null> = new Map(
  CONNECTION_LISTS.map(({ name, read }) => [name, read]),
);

/** Reads an item of a list of connections; `null` where it isn't one. */
export function readConnection(list: string, item: unknown, privacy: AddressPrivacy): object | null {
  const fields = asFields(item);
  return fields === null ? null : (READERS.get(list)?.({ fields, privacy, list }) ?? null);
}

const LEADERS: ReadonlyMap<string, string> = new Map(
  CONNECTION_LISTS.flatMap(({ name, goesWith }) => (goesWith === undefined ? [] : [[name, goesWith]])),
);

/** The list that another one goes with; `null` = it goes alone. */
export function leadingList(list: string): string | null {
  return LEADERS.get(list) ?? null;
}

const COMPLETES: ReadonlyMap<string, (item: object) => string | null> = new Map(
  Object.values(PROTOCOL_MODULES)
    .flatMap(({ lists }) => lists)
    .flatMap(({ name, completes }) => (completes === undefined ? [] : [[name, completes]])),
);

/**
 * Whether a list that goes with another has told all that it can of what stands there.
 * @param items what was read of its own items last
 * @param leading what was read of the items of the list that it goes with
 */
export function tellsAll(list: string, items: readonly unknown[], leading: readonly unknown[]): boolean {
  const completes = COMPLETES.get(list);
  if (completes === undefined) return true;
  const told = new Set<unknown>(items.map((item) => completes(asFields(item) ?? {})));
  return leading.every((item) => {
    const id = asFields(item)?.['id'];
    return id === undefined || told.has(id);
  });
}

const BY_ITEM_TYPE: ReadonlyMap<string, (typeof CONNECTION_LISTS)[number]> = new Map(
  CONNECTION_LISTS.flatMap((list) => (list.itemType === null ? [] : [[list.itemType, list]])),
);

/** The list that has the connections of a type, as the path list names them, however it is spelled. */
export function listOfType(type: string): ConnectionListName | null {
  return BY_ITEM_TYPE.get(type.toLowerCase())?.name ?? null;
}

/** The protocol a type of reader or publisher belongs to, however it is spelled; `null` for one of no protocol of ours. */
export function protocolOfType(type: string): Protocol | null {
  return BY_ITEM_TYPE.get(type.toLowerCase())?.protocol ?? null;
}

/** Number of readers by protocol; those of no protocol of ours (as `hidden`, 1.18) are `other`. */
export function readersByProtocol(types: readonly string[]): Readonly<Record<string, number>> {
  const counts: Partial<Record<Protocol | 'other', number>> = {};
  for (const type of types) {
    const protocol = protocolOfType(type) ?? 'other';
    counts[protocol] = (counts[protocol] ?? 0) + 1;
  }
  return counts;
}

const BY_SOURCE_TYPE: ReadonlyMap<string, AnyModule> = new Map(
  Object.values(PROTOCOL_MODULES).flatMap((module) =>
    module.source === null ? [] : [[module.source.type, module]],
  ),
);

/** The protocol over which MediaMTX pulls, by the type of a static source, however it is spelled; else `null`. */
export function pullModuleOf(sourceType: string): AnyModule | null {
  return BY_SOURCE_TYPE.get(sourceType.toLowerCase()) ?? null;
}
