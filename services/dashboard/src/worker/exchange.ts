/**
 * All that the page and its worker say to each other. The worker holds what comes from the API and what is made of it;
 * the page says what it shows, and gets that. Both send what has changed, as members of `Wanted` and `Shown`.
 */
import type { Age, MonitorState } from '@mediamtx-monitor/client';
import type { Cause, StreamConnections } from '@mediamtx-monitor/model';
import type {
  AlertSilence,
  ConnectionRecord,
  HostsMessage,
  StreamsHead,
  TargetStatus,
} from '@mediamtx-monitor/types';
import type { SilenceAge } from '../data/fleet-ages.ts';
import type { FoundStreams } from '../data/fleet-search.ts';
import type { LastSeen, StreamSamples } from '../data/history.ts';
import type { PublisherColumns } from '../data/stream-watch.ts';
import {
  DEFAULT_SORT,
  type Grouping,
  NO_FILTER,
  type StreamId,
  type ViewFilter,
  type ViewSort,
} from '../data/view.ts';
import { type AlertBoard, type BellState, SILENT_BELL } from '../model/alert-board.ts';
import type { PageAlert } from '../model/alerts.ts';
import type { ServerSilence } from '../model/fleet-reasons.ts';
import type { StreamGroup } from '../model/groups.ts';
import type { SilencedSubjects } from '../model/silenced.ts';
import type { ListedStream } from '../model/streams.ts';
import type { FleetSummary } from '../model/summary.ts';
import { type FleetTotals, fleetTotals } from '../model/totals.ts';

/** From the page to its worker. `start` comes first; `wake`: it is looked at again, or the network is back. */
export type PageMessage =
  | { readonly type: 'start'; readonly url: string; readonly token: string | undefined }
  | { readonly type: 'wants'; readonly changes: Partial<Wanted> }
  | { readonly type: 'wake' };

/** From the worker to its page. */
export type WorkerMessage =
  | { readonly type: 'shows'; readonly changes: ShownChanges }
  /** The worst first, at least one. */
  | { readonly type: 'alerts'; readonly alerts: readonly PageAlert[] };

/** What the page looks at. */
export interface Wanted {
  /** `null` while no list is looked at. */
  readonly selection: ListSelection | null;
  /** Keys of the streams that have a star in this browser. */
  readonly favourites: readonly string[];
  /** Of a large fleet what was found by a question; `null`: nothing was asked. */
  readonly found: FoundStreams | null;
  /** Servers of a large fleet that are shown where nobody has chosen any. */
  readonly worst: readonly string[];
  readonly part: ListPart;
  /** Values in a stream's small line. */
  readonly sparkLength: number;
  /** The stream that the keyboard has come to: its key, or its place as long as its key isn't known. */
  readonly cursor: string | number | null;
  /** The stream whose page is open. */
  readonly stream: StreamId | null;
  /** How many of its viewers are shown. */
  readonly viewers: number;
  /** When the newest alert began that was looked at; `null` = none was. */
  readonly seenAlert: string | null;
  /** Whether alerts are looked at. */
  readonly board: boolean;
}

/** How the list is narrowed, sorted and put into groups. */
export interface ListSelection {
  readonly filter: ViewFilter;
  /** `null`: as they are pinned. */
  readonly sort: ViewSort | null;
  readonly grouping: Grouping | null;
  /** Whether it is a wall, or a screen that nobody touches. */
  readonly isScreen: boolean;
}

/** Which streams of the list are shown: those from `first` on, `last` excluded, or a page of those that take turns. */
export type ListPart =
  | { readonly kind: 'rows'; readonly first: number; readonly last: number }
  | ({ readonly kind: 'turn' } & ListTurn);

/** @see kioskPage */
export interface ListTurn {
  readonly turn: number;
  readonly size: number;
}

export const NOTHING_WANTED: Wanted = {
  selection: { filter: NO_FILTER, sort: DEFAULT_SORT, grouping: null, isScreen: false },
  favourites: [],
  found: null,
  worst: [],
  part: { kind: 'rows', first: 0, last: 0 },
  sparkLength: 0,
  cursor: null,
  stream: null,
  viewers: 0,
  seenAlert: null,
  board: false,
};

/** What the page shows. */
export interface Shown {
  readonly link: MonitorState;
  /** Whether the connection has been open for so long that all there is has come over it. */
  readonly isSettled: boolean;
  /** Something came over this connection that this page doesn't understand. */
  readonly isUnreadable: boolean;
  /** Newest head of each server, newest message of each host. */
  readonly servers: ReadonlyMap<string, StreamsHead>;
  readonly hosts: ReadonlyMap<string, HostsMessage>;
  /** Servers whose data is too old to be believed. */
  readonly stale: ReadonlySet<string>;
  /** Measured with what comes, else each second: ages of servers' data, for how long nothing was heard of them, ages of hosts' data. */
  readonly ages: ReadonlyMap<string, Age>;
  readonly silenceAges: ReadonlyMap<string, SilenceAge>;
  readonly hostAges: ReadonlyMap<string, Age>;
  /** Servers that nothing is heard of. */
  readonly silences: ReadonlyMap<string, ServerSilence>;
  readonly totals: FleetTotals;
  readonly summary: FleetSummary;
  /** Whether there are so many servers that streams are listed only of some. */
  readonly isLarge: boolean;
  /** All there are, whatever the list is narrowed to. */
  readonly streamCount: number;
  /** Whether all streams have come that belong to the list. */
  readonly isListWhole: boolean;
  readonly list: ListShown;
  /** The stream whose page is open. */
  readonly stream: OpenStream | null;
  readonly bell: BellState;
  /** What the alerter tells; `null` while nobody looks at it, and while none is at work. */
  readonly board: AlertBoard | null;
  readonly alertTargets: readonly TargetStatus[];
  readonly alertSilences: readonly AlertSilence[];
  /** What is wrong of which nobody is told, for now. */
  readonly silenced: SilencedSubjects;
}

/** A line of the list: a stream, or what stands over a group of them. */
export type ListLine = ListRow | GroupRow;

/** What stands over a group. */
export interface GroupRow {
  readonly group: StreamGroup;
}

/** A stream of the list, as its row or card shows it. */
export interface ListRow {
  readonly group?: undefined;
  readonly listed: ListedStream;
  /** Its small line, as `sparkPath` draws it. */
  readonly spark: string;
}

/** The part of the list that is wanted. */
export interface ListShown {
  /** As long as it is the same, the same place has the same row. */
  readonly version: number;
  /** What it is narrowed to, and how many streams that leaves. */
  readonly filter: ViewFilter;
  readonly total: number;
  /** Rows of the list, those over groups too: of those that take turns only this page's. */
  readonly count: number;
  /** Places of what takes turns, from 1, `last` included. */
  readonly turn: { readonly first: number; readonly last: number } | null;
  /** Place of the first of the rows that are here, from 0. */
  readonly first: number;
  readonly rows: readonly ListLine[];
  /** What the wanted cursor means now; an `index` of -1: its stream isn't in the list. */
  readonly cursor: {
    readonly wanted: string | number;
    readonly key: string | null;
    readonly index: number;
  } | null;
}

/** Unique in the list; that of a group is the key of no stream. */
export function keyOfLine(line: ListLine): string {
  return line.group === undefined ? line.listed.key : line.group.key;
}

/** The streams among lines. */
export function streamRows(lines: readonly ListLine[]): readonly ListRow[] {
  return lines.filter((line) => line.group === undefined);
}

/** The same as it is sent: `null` stands for a row that the page has already. */
export type ListSent = Omit<ListShown, 'rows'> & { readonly rows: readonly (ListLine | null)[] };

export type ShownChanges = Partial<Omit<Shown, 'list'>> & { readonly list?: ListSent };

/** The stream whose page is open. */
export interface OpenStream {
  readonly key: string;
  /** Whether the streams of its server are here; its head may come before them. */
  readonly isTold: boolean;
  /** `null` while its server doesn't list it. */
  readonly listed: ListedStream | null;
  /** What it was when it was last listed, of one that isn't any more. */
  readonly lastSeen: LastSeen | null;
  readonly cause: Cause | null;
  readonly charts: ChartSamples;
  /** The connection that its connections come over, which isn't the fleet's. */
  readonly link: MonitorState;
  /** `null` until connections have come. */
  readonly connections: ShownConnections | null;
  /** Age of what is known of them; only while they don't come. */
  readonly connectionsAgeMs: number | null;
  /** Who published it last, as far as this page saw. */
  readonly lastPublisher: ConnectionRecord | null;
}

/** How its numbers went since the page was opened. */
export type ChartSamples = Pick<StreamSamples, 'times' | 'values'> & { readonly publisher: PublisherColumns };

/** Of its viewers only as many as are wanted. */
export interface ShownConnections extends StreamConnections {
  readonly viewerCount: number;
}

/** Before anything has come. */
export const NOTHING_SHOWN: Shown = {
  link: { state: 'connecting' },
  isSettled: false,
  isUnreadable: false,
  servers: new Map(),
  hosts: new Map(),
  stale: new Set(),
  ages: new Map(),
  silenceAges: new Map(),
  hostAges: new Map(),
  silences: new Map(),
  totals: fleetTotals(new Map(), new Set()),
  summary: { kind: 'connecting' },
  isLarge: false,
  streamCount: 0,
  isListWhole: false,
  list: { version: 0, filter: NO_FILTER, total: 0, count: 0, turn: null, first: 0, rows: [], cursor: null },
  stream: null,
  bell: SILENT_BELL,
  board: null,
  alertTargets: [],
  alertSilences: [],
  silenced: {},
};
