import type { HistoryKind } from '@mediamtx-monitor/types';
import type { RibbonKind } from '../../model/ribbon.ts';
import type { TextsOf } from './index.ts';

const unknown = 'Unknown';
const pieces = { live: 'Live', stalled: 'No data', rest: 'At rest', off: 'Off air', unknown };
/** What was read of a server and a host has other words. */
const piecesOf: Readonly<Record<HistoryKind, Readonly<Record<RibbonKind, string>>>> = {
  stream: pieces,
  server: { ...pieces, live: 'Readable', off: 'Not readable' },
  host: { ...pieces, live: 'OK', stalled: 'Warning', off: 'Critical' },
};

/** What is known of the past, by the name that the API has for it. */
const fields = {
  inboundMbps: 'In, Mbit/s',
  outboundMbps: 'Out, Mbit/s',
  readers: 'Viewers',
  rttP95Ms: 'Round-trip time (RTT, p95)',
  lossPercent: 'Loss of the publisher’s link',
  discardsPerSecond: 'Discarded for slow viewers, per second',
  liveStreams: 'Live streams',
  cpuPercent: 'CPU',
  memoryPercent: 'Memory',
};

/** Texts of the past, in English; they come with the script that shows it. */
export const enHistory = {
  title: 'History',
  until: (range: string, time: string): string => `${range} until ${time}`,
  between: (from: string, to: string): string => `${from} to ${to}`,
  eachPoint: (step: string): string => `each point ${step}`,
  refreshed: 'updates by itself',
  band: 'The band shows minimum to maximum.',
  noBand: 'Averages only: minimum and maximum aren’t kept this finely.',
  loading: 'Loading …',
  nothing: 'Nothing is known of this time.',
  nothingOf: (numbers: string): string => `Not known of this time: ${numbers}`,
  notKept: 'Not known of this time',
  earlier: 'Earlier',
  later: 'Later',
  whole: (range: string): string => `All ${range}`,
  zoomHint: 'Drag over a chart to zoom in.',
  toLive: 'Back to live',
  toNow: 'Up to now',
  goTo: 'Go to',
  go: 'Go',
  marked: (time: string): string => `Marked: ${time}`,
  state: 'State',
  piecesOf,
  lastDay: 'Thin line at each stream: its last 24 hours',
  stateText: (pieces: string): string => `State: ${pieces}`,
  piece: (what: string, from: string, to: string): string => `${what} ${from} to ${to}`,
  morePieces: (count: string): string => `and ${count} more changes`,
  fields,
  spread: (low: string, high: string): string => `${low} to ${high}`,
  compare: 'Compare',
  compareWith: 'Compare with',
  compareRefused: {
    noStream: 'No stream of that name.',
    severalStreams: 'Several streams have that in their names: pick one.',
    unread: 'Streams can’t be searched right now.',
  },
  uncompare: 'Stop comparing',
  events: 'Events',
  eventsIn: (count: string): string => `Events in this time: ${count}`,
  noEvents: 'No events in this time.',
  eventsUnread: 'Events can’t be loaded right now.',
  eventsCut: 'There are more: only the first of this time are shown.',
  eventsHint: 'Point at a mark, or walk along them with the arrow keys.',
  severalAt: (count: string): string => `${count} events`,
  time: 'Time',
  what: 'What happened',
  lookAt: (time: string): string => `Look at ${time}`,
  server: (name: string): string => `Server ${name}`,
  host: (name: string): string => `Host ${name}`,
  nothingChosen: 'No server or host is named in this link.',
  toServers: 'Servers and hosts',
} as const;

export type HistoryTexts = TextsOf<typeof enHistory>;
