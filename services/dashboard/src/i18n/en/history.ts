import type { RibbonKind } from '../../model/ribbon.ts';
import type { TextsOf } from './index.ts';

const pieces: Readonly<Record<RibbonKind, string>> = {
  live: 'Live',
  stalled: 'No data',
  rest: 'At rest',
  off: 'Off, and missed',
  unknown: 'Unknown',
};

/** What is known of the past, by the name that the API has for it. */
const fields = {
  inboundMbps: 'In, Mbit/s',
  outboundMbps: 'Out, Mbit/s',
  readers: 'Viewers',
  rttP95Ms: 'Round-trip time (p95)',
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
  refreshed: 'goes on by itself',
  band: 'The band reaches from the least to the greatest value.',
  noBand: 'Means only: least and greatest values aren’t kept this finely.',
  loading: 'Loading …',
  nothing: 'Nothing is known of this time.',
  nothingOf: (numbers: string): string => `Not known of this time: ${numbers}`,
  notKept: 'Not known of this time',
  earlier: 'Earlier',
  later: 'Later',
  whole: (range: string): string => `All ${range}`,
  zoomHint: 'Drag over a chart to look closer.',
  toLive: 'Back to live',
  toNow: 'Up to now',
  goTo: 'Look at',
  go: 'Go',
  marked: (time: string): string => `Marked: ${time}`,
  state: 'State',
  pieces,
  stateText: (pieces: string): string => `State: ${pieces}`,
  piece: (what: string, from: string, to: string): string => `${what} ${from} to ${to}`,
  morePieces: (count: string): string => `and ${count} more changes`,
  fields,
  spread: (low: string, high: string): string => `${low} to ${high}`,
  compare: 'On the same axes',
  compareHint: 'Search a second stream',
  uncompare: 'Show one stream only',
  noStream: 'No stream of that name.',
  events: 'Events',
  eventsIn: (count: string): string => `Events in this time: ${count}`,
  noEvents: 'No events in this time.',
  eventsUnread: 'Events could not be read just now.',
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
