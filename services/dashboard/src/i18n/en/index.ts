import type { Health, ReasonCode, SourceStatus, StreamState } from '@mediamtx-monitor/types';
import type { ViewSortKey } from '../../data/view.ts';
import { enLink } from './link.ts';
import { enPages } from './pages.ts';
import { enServers } from './servers.ts';
import { enStream } from './stream.ts';
import { enVerdict } from './verdict.ts';
import { enFleet } from './fleet.ts';
import { enRange } from './range.ts';
import { enWall } from './wall.ts';

/** What stands in the text of a reason: what was measured and its limit, written already. */
export interface ReasonNumbers {
  readonly measured: string;
  readonly limit: string;
}

const states: Readonly<Record<StreamState, string>> = {
  idle: 'Idle',
  waiting: 'Waiting',
  live: 'Live',
  stalled: 'Stalled',
  standby: 'Standby',
  missing: 'Missing',
  unknown: 'Unknown',
};

const healths: Readonly<Record<Health, string>> = {
  ok: 'OK',
  warning: 'Warning',
  critical: 'Critical',
  unknown: 'Unknown',
};

const reasons: Readonly<Record<ReasonCode, (numbers: ReasonNumbers) => string>> = {
  'rtt-near-latency': ({ measured }) => `RTT is ${measured} of latency`,
  'link-loss': ({ measured }) => `${measured} lost on the link`,
  'unrecovered-loss': ({ measured }) => `${measured} lost for good`,
  'rtp-loss': ({ measured }) => `${measured} of packets lost`,
  discards: ({ measured }) => `Too slow: ${measured}/s discarded`,
  'not-live': () => 'Expected, but not live',
  'source-down': () => 'Source can’t be fetched',
  'off-air': () => 'Off air',
  stalled: () => 'No data arrives',
  flapping: ({ measured }) => `${measured} ${measured === '1' ? 'restart' : 'restarts'} in 10 min`,
  'frame-errors': ({ measured }) => `${measured}/s damaged frames`,
  'bitrate-low': ({ measured, limit }) => `${measured} Mbit/s, below ${limit}`,
  'bitrate-high': ({ measured, limit }) => `${measured} Mbit/s, above ${limit}`,
  'forward-failing': ({ measured }) => `Forwards that fail: ${measured}`,
  'reader-discards': ({ measured }) => `Viewers too slow: ${measured}`,
  'server-unreachable': () => 'The server can’t be read',
  'list-missing': () => 'Not all of the server can be read',
  'no-data': () => 'No data from the server',
  'cpu-high': ({ measured }) => `CPU at ${measured}`,
  'memory-high': ({ measured }) => `Memory at ${measured}`,
  'disk-high': ({ measured }) => `Disk at ${measured}`,
};

const serverProblems: Readonly<Record<Exclude<SourceStatus, 'up'>, string>> = {
  down: 'is not reachable',
  timeout: 'does not answer in time',
  unauthorized: 'refuses the monitor’s credentials',
  error: 'answers with an error',
  invalid: 'sends an answer that can’t be understood',
};

const columns: Readonly<Record<ViewSortKey, string>> = {
  attention: 'Health',
  favourites: 'Favourites first',
  name: 'Stream',
  state: 'State',
  inboundMbps: 'In Mbit/s',
  outboundMbps: 'Out Mbit/s',
  readers: 'Viewers',
  rttMs: 'RTT',
  linkLossPercent: 'Loss',
  since: 'For',
};

/** All texts in English; those of other languages have the same shape, so that none can be forgotten. */
export const en = {
  ...enLink,
  ...enStream,
  ...enVerdict,
  ...enPages,
  ...enServers,
  ...enFleet,
  ...enRange,
  ...enWall,
  states,
  healths,
  reasons,
  serverProblems,
  columns,
  unknown: 'unknown',
  nav: {
    main: 'Pages',
    streams: 'Streams',
    servers: 'Servers',
    timeline: 'Timeline',
    skip: 'Skip to the content',
  },
  header: {
    title: 'MediaMTX Monitor',
    dataAge: (age: string): string => `Data ${age} old`,
    dataAgeShort: (age: string): string => `${age} old`,
    noData: 'No data yet',
    simulated: 'Simulated',
    simulatedHint: 'These numbers come from the simulator, not from a MediaMTX',
    help: 'Help and keys',
    language: 'Language',
    theme: 'Appearance',
    themes: { auto: 'As this device', dark: 'Dark', light: 'Light' },
    settings: 'Settings',
    signOut: 'Sign out',
  },
  summary: {
    label: 'Overall',
    connecting: 'Connecting …',
    unconnected: 'The monitor can’t be reached',
    refused: 'The monitor doesn’t let this page in',
    outdated: (age: string | null): string =>
      age === null ? 'Unknown: no update so far' : `Unknown: last update ${age} ago`,
    empty: 'Nothing to watch yet',
    well: 'All well',
    unsure: (unknown: number, written: string): string =>
      `No trouble known, but ${unknown === 1 ? '1 stream is' : `${written} streams are`} unknown`,
    streams: (count: number, written: string): string =>
      count === 1 ? '1 stream needs attention' : `${written} streams need attention`,
    more: (count: string): string => `${count} more`,
  },
  totals: {
    label: 'Totals',
    live: 'Live streams',
    ofAll: (count: string): string => `of ${count}`,
    readers: 'Viewers',
    inbound: 'In',
    outbound: 'Out',
    incomplete: 'Some servers are unknown and not counted',
  },
  servers: {
    label: 'Servers',
    cpu: (used: string): string => `CPU ${used}`,
    memory: (used: string): string => `memory ${used}`,
    disk: (mount: string, used: string): string => `disk ${mount} ${used}`,
    hostSilent: (lastSeen: string): string => `Host ${lastSeen}`,
    unread: (lists: string): string => `can’t read ${lists}`,
  },
  filter: {
    label: 'Narrow the list',
    search: 'Search streams',
    state: 'State',
    health: 'Health',
    server: 'Server',
    protocol: 'Protocol',
    all: 'all',
    noProblem: 'No trouble',
    clear: 'Show all',
    shown: (shown: string, all: string): string => `${shown} of ${all} streams`,
    table: 'Table',
    cards: 'Cards',
    none: 'No stream matches',
    sortBy: 'Sort by',
    ascending: 'ascending',
    descending: 'descending',
    open: 'Filter',
    sheet: 'Filter and sort',
    close: 'Close',
    show: (count: number, written: string): string =>
      count === 1 ? 'Show 1 stream' : `Show ${written} streams`,
    look: 'View',
  },
  table: {
    label: 'Streams',
    media: 'Media',
    viewersBy: (count: string, protocol: string): string => `${count} ${protocol}`,
    latency: (latency: string): string => `latency ${latency}`,
    loss: (percent: string): string => `Loss ${percent}`,
    lossDetail: (retransmitted: string, unrecovered: string): string =>
      `sent again ${retransmitted}, lost for good ${unrecovered}`,
    position: (first: string, last: string, all: string): string => `${first}–${last} of ${all}`,
    moreReasons: (count: string): string => `+${count}`,
  },
  signIn: {
    title: 'Sign in',
    label: 'Token',
    hint: 'Whoever runs the monitor makes one with “make token”.',
    stay: 'Stay signed in on this browser',
    stayHint:
      'In every tab and after a restart, until someone signs out: for a screen on the wall, or a machine that is yours alone. Else the token is kept for this tab only.',
    submit: 'Sign in',
    notKept:
      'This browser keeps nothing for this page, so nobody can sign in. Allow this page to store data.',
    refused: 'This token was refused. It may have been mistyped, replaced or revoked.',
  },
  empty: {
    noServer: 'The monitor runs, but no collector has told it anything yet.',
    noServerSteps: [
      'Start a collector: it reads a MediaMTX and puts its numbers into Redis.',
      'Check that collector and API use the same REDIS_URL and REDIS_KEY_PREFIX.',
      'To just look around, run “make start”: it brings simulated streams.',
    ],
    noStream: 'MediaMTX answers, but no stream is there and no path is configured.',
    noStreamSteps: [
      'Publish something: the first stream appears here within two seconds.',
      'For example with ffmpeg:',
    ],
    inTheWay: 'No stream is known yet. This is in the way:',
    unreachable: 'This page keeps trying. Check that the API runs, and the network between.',
  },
} as const;

/** The shape of a language's texts. */
export type Texts = TextsOf<typeof en>;

/** The shape of a language's texts, with any words in it: a table of another language has to have all of it. */
export type TextsOf<T> = T extends string
  ? string
  : T extends (...parts: never[]) => string
    ? T
    : { readonly [Name in keyof T]: TextsOf<T[Name]> };
