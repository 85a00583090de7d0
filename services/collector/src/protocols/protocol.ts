import type { AddressPrivacy, Protocol, ProtocolDetail, Role } from '@mediamtx-monitor/types';
import { shownAddress } from '../addresses.ts';
import { asCount, asText, asTimeMs, type Fields } from '../fields.ts';
import type { CountersWindow, ValuesWindow } from '../samples.ts';
import { type ListOutcome, type NormalisedList, normaliseList } from './list.ts';

/** A list of MediaMTX that tells of a protocol's connections. */
export interface ConnectionList<List extends string, Item> {
  /** What it is called here, and in URLs before MediaMTX 1.21. */
  readonly name: List;
  /** What it is called in URLs from 1.21 on. */
  readonly newName: string;
  /**
   * How the path list calls its items as sources and readers, in lower case, since the spelling drifts between versions;
   * `null` = it never names them.
   */
  readonly itemType: string | null;
  /** The list that it goes with: where that one is there and has nothing in it, nothing can stand here that counts. */
  readonly goesWith?: string;
  /**
   * Id of the item of that list which this one completes, by what stays as it is; `null` = none yet. Without this function
   * it completes nothing, and is only read where that list isn't there.
   */
  readonly completes?: (item: Item) => string | null;
  /** Reads one of its items, of which nothing else is kept; `null` where it isn't one. */
  readonly read: (raw: RawConnection) => Item | null;
}

/** One raw item of a list, and how much of addresses may be shown. */
export interface RawConnection {
  readonly fields: Fields;
  readonly privacy: AddressPrivacy;
  readonly list: string;
}

/** What all connections tell. */
export interface ConnectionFactBase {
  readonly id: string;
  /** The list it stands in. */
  readonly list: string;
  readonly stream: string | null;
  readonly role: Role;
  readonly remoteAddr: string | null;
  readonly user: string | null;
  readonly userAgent: string | null;
  /** Unix time in ms. */
  readonly openedAtMs: number | null;
  readonly inboundBytes: number | null;
  readonly outboundBytes: number | null;
}

/** What a connection's percentages and percentiles are taken from. */
export interface ConnectionWindows {
  /** Of the module's `counters`. */
  readonly packets: CountersWindow;
  readonly discards: CountersWindow;
  readonly rtts: ValuesWindow;
}

/** What a link is judged by, as far as its protocol tells it. */
export interface LinkMeasures {
  readonly rttLatencyRatio: number | null;
  readonly linkLossPercent: number | null;
  readonly unrecoveredPercent: number | null;
  readonly rtpLossPercent: number | null;
}

/** What a record tells of a link in the same words whatever its protocol; `null` = not told. */
export interface LinkFigures {
  readonly rttMs: number | null;
  /** 95th percentile of the last minute. */
  readonly rttP95Ms: number | null;
  /** Packets lost before repair. */
  readonly lossPercent: number | null;
  /** As `discards` of the module. */
  readonly discards: number | null;
}

export const NOT_MEASURED: LinkMeasures = {
  rttLatencyRatio: null,
  linkLossPercent: null,
  unrecoveredPercent: null,
  rtpLossPercent: null,
};

/** Losses over fewer packets are chance. */
export const MIN_PACKETS = 200;

/** What a detail is made with, beside the fact. */
export interface DetailContext {
  readonly windows: ConnectionWindows;
  /** RTP clock rate of the stream in Hz, where known. */
  readonly clockRate: number | null;
  /** Monotonic time at which the list arrived. */
  readonly receivedAtMs: number;
}

/** The connections of one protocol, and the list they were read from. */
export interface NormalisedProtocol<Fact> {
  readonly protocol: Protocol;
  readonly list: string;
  readonly connections: NormalisedList<Fact>;
}

/**
 * All that the collector knows of one protocol. Pure: each function makes its result of what it is given.
 * @typeParam Fact what one poll showed of a connection
 * @typeParam Detail what its record tells under the protocol's own member
 * @typeParam Items its lists, each with what is read of one of its items
 */
export interface ProtocolModule<
  Fact extends ConnectionFactBase,
  Detail extends ProtocolDetail,
  Items extends Readonly<Record<string, object>>,
> {
  readonly protocol: Detail['protocol'];
  /** Its lists, in the order in which failures are told. */
  readonly lists: readonly {
    [List in keyof Items & string]: ConnectionList<List, Items[List]>;
  }[keyof Items & string][];
  /** The static source that MediaMTX pulls over it; `null` = none that can be told from another protocol's. */
  readonly source: {
    /** Its type in the path list, in lower case. */
    readonly type: string;
    /** Reads its link, whose fields are those of a publisher in the list; `null` = MediaMTX tells nothing of one. */
    readonly link: ((fields: Fields, privacy: AddressPrivacy) => Fact | null) | null;
  } | null;
  /** Reads its connections from what its lists came to. */
  readonly normalise: (outcomes: {
    readonly [List in keyof Items]: ListOutcome<Items[List]>;
  }) => NormalisedProtocol<Fact>;
  /** The counters whose growth tells losses, in the order that `detail` reads them; `null` = not told. */
  readonly counters: (fact: Fact) => readonly (number | null)[];
  /** What was thrown away because the reader is too slow, in all: frames, of RTSP packets. */
  readonly discards: (fact: Fact) => number | null;
  /** Round-trip time in ms of this poll, of which percentiles are taken. */
  readonly rttMs: (fact: Fact) => number | null;
  /** What the record tells under the protocol's own member. */
  readonly detail: (fact: Fact, context: DetailContext) => Detail;
  /**
   * What the connection is judged by.
   * @param srtLossTrusted whether this MediaMTX counts SRT losses once
   */
  readonly measures: (detail: Detail, role: Role, srtLossTrusted: boolean) => LinkMeasures;
  /** What sessions and history are made of, beside what all connections tell. */
  readonly figures: (detail: Detail) => LinkFigures;
  /** The same detail with nothing known in it. */
  readonly blank: (detail: Detail) => Detail;
}

/** MediaMTX's `state`: `idle`, `read` or `publish`. */
function roleOf(state: unknown): Role {
  return state === 'publish' || state === 'read' ? state : 'idle';
}

/**
 * What every protocol's items tell in the same fields; `null` when there is no id. Byte counts have new names since
 * 1.17.0, but never for SRT. The field `query` is never read: it may hold passwords.
 */
export function commonFacts(
  { fields, privacy, list }: RawConnection,
  id: string | null = asText(fields['id']),
  role: Role = roleOf(fields['state']),
): ConnectionFactBase | null {
  if (id === null) return null;
  return {
    id,
    list,
    stream: asText(fields['path']),
    role,
    remoteAddr: shownAddress(asText(fields['remoteAddr']), privacy),
    user: asText(fields['user']),
    userAgent: asText(fields['userAgent']),
    openedAtMs: asTimeMs(fields['created']),
    inboundBytes: asCount(fields['inboundBytes'] ?? fields['bytesReceived']),
    outboundBytes: asCount(fields['outboundBytes'] ?? fields['bytesSent']),
  };
}

/**
 * Completes the common facts with what the protocol tells. For objects of this size V8 takes twenty times as long
 * to spread them as to assign to the fresh one.
 */
export function withDetail<const Detail extends object>(
  common: ConnectionFactBase,
  detail: Detail,
): ConnectionFactBase & Detail {
  return Object.assign(common, detail);
}

/** The connections of a protocol, from the list that has them. */
export function connectionsIn<Fact extends ConnectionFactBase>(
  protocol: Protocol,
  list: string,
  outcome: ListOutcome<Fact>,
): NormalisedProtocol<Fact> {
  return { protocol, list, connections: normaliseList(list, outcome, ({ id }) => id) };
}

/** `detail` with nothing known in it. */
export function allNull<Detail extends object>(detail: Detail): { [Key in keyof Detail]: null } {
  return Object.fromEntries(Object.keys(detail).map((key) => [key, null])) as { [Key in keyof Detail]: null };
}
