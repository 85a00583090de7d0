import { expect, test } from '@jest/globals';
import {
  DEFAULT_KEY_PREFIX,
  DEFAULT_SERVER_ID,
  type HistorySubject,
  isSnapshotTopic,
  type RedisNames,
  redisNames,
  TOPICS,
} from '@mediamtx-monitor/types';
import { protocolText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';

const names = redisNames(DEFAULT_KEY_PREFIX);
const SUBJECTS: readonly HistorySubject[] = [
  { kind: 'stream', server: DEFAULT_SERVER_ID, stream: 'STREAM' },
  { kind: 'server', server: DEFAULT_SERVER_ID },
  { kind: 'host', host: 'HOST' },
];

/** All names of the server `main` and of a host, by the builder that makes them. */
const built: { readonly [Builder in Exclude<keyof RedisNames, 'isCluster'>]: readonly string[] } = {
  latest: (['streams', 'connections'] as const).map((topic) => names.latest(topic, DEFAULT_SERVER_ID)),
  connectionsGone: [names.connectionsGone(DEFAULT_SERVER_ID)],
  streamsMeta: [names.streamsMeta(DEFAULT_SERVER_ID)],
  servers: [names.servers],
  collectors: [names.collectors],
  channel: TOPICS.flatMap((topic) => (isSnapshotTopic(topic) ? [names.channel(topic)] : [])),
  // Those of main have the plain names.
  channelOf: [],
  onlyMain: (['streams', 'connections'] as const).map((topic) => names.onlyMain(topic)),
  host: [names.host('HOST')],
  hostsSeen: [names.hostsSeen],
  events: [names.events],
  sessions: [names.sessions],
  eventBaseline: [names.eventBaseline(DEFAULT_SERVER_ID)],
  history: SUBJECTS.map((subject) =>
    names.history(subject, '5m', 0).replace('5m', 'TIER').replace(/\d+$/, 'TIME'),
  ),
  recentHistory: [
    names
      .recentHistory({ kind: 'streams', server: DEFAULT_SERVER_ID }, 0, 0)
      .replace(/\d+T\d+:0$/, 'TIME:PART'),
  ],
  historyStreams: [names.historyStreams(DEFAULT_SERVER_ID)],
  alertsLatest: [names.alertsLatest],
  // One name of two things: a channel of the live Redis, which its topic has, and a hash of the durable one.
  alerts: [],
  commands: [names.commands],
  notifications: [names.notifications],
};

test('the protocol pages list exactly the keys and channels there are', () => {
  const documented = rowsUnder(protocolText(), 'name', 'kind').flatMap((row) => codeSpans(row.first));
  expect(documented.sort()).toStrictEqual(Object.values(built).flat().sort());
});

test('no builder of names is left out here', () => {
  expect(['isCluster', ...Object.keys(built)].sort()).toStrictEqual(Object.keys(names).sort());
});
