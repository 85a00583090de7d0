import type { ReadMetric, Sample } from '@mediamtx-monitor/runtime';
import type { Age } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { StatusPageStats } from '../http/status-page.ts';
import type { LiveStats } from '../live/index.ts';

/** What the other parts have counted since the start. */
export interface ServiceStats {
  readonly websocket: LiveStats;
  readonly sse: LiveStats;
  /** HTTP requests, those for a WebSocket among them. */
  readonly requests: number;
  /** Those of them that were turned away: too many, a wrong origin, host or token. */
  readonly refused: number;
  /** Connections open now, live clients' among them. */
  readonly connections: number;
  /** Connections that were not let in: too many. */
  readonly refusedConnections: number;
  /** Connections cut because of a mistake of this service. */
  readonly failedConnections: number;
  readonly status: StatusPageStats;
}

/** What this process does, read when somebody asks. */
export function serviceMetrics(feed: Feed, stats: () => ServiceStats): readonly ReadMetric[] {
  const byKind = (figure: (of: LiveStats) => number) => (): readonly Sample[] => {
    const { websocket, sse } = stats();
    return Object.entries({ websocket, sse }).map(([kind, of]) => ({ labels: { kind }, value: figure(of) }));
  };
  const byServer = (figure: (age: Age) => number | null) => (): readonly Sample[] =>
    feed.servers.heads.flatMap((known) => {
      const age = feed.servers.isGone(known.subject) ? undefined : feed.age(known);
      const value = age === undefined ? null : figure(age);
      return value === null ? [] : [{ labels: { server: known.subject }, value }];
    });
  const one = (figure: () => number | boolean) => (): readonly Sample[] => [{ value: Number(figure()) }];
  const labelNames = ['kind'];
  return [
    {
      type: 'gauge',
      name: 'mediamtx_monitor_clients',
      help: 'Clients connected now, by kind: websocket or sse.',
      labelNames,
      read: byKind(({ clients }) => clients),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_sent_messages_total',
      help: 'Messages written to clients, by kind of client.',
      labelNames,
      read: byKind(({ messages }) => messages),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_sent_bytes_total',
      help: 'Bytes of those messages, with their framing and compressed where they were.',
      labelNames,
      read: byKind(({ bytes }) => bytes),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_skipped_ticks_total',
      help: 'Ticks that gave way to a newer one before a slow client could take them.',
      labelNames,
      read: byKind(({ skipped }) => skipped),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_http_requests_total',
      help: 'HTTP requests, those for a WebSocket among them.',
      read: one(() => stats().requests),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_http_refused_requests_total',
      help: 'HTTP requests turned away: too many, or of a wrong origin, host or token.',
      read: one(() => stats().refused),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_connections',
      help: 'Connections open now, those of clients among them.',
      read: one(() => stats().connections),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_refused_connections_total',
      help: 'Connections cut at once, since their address or all together had too many.',
      read: one(() => stats().refusedConnections),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_failed_connections_total',
      help: 'Connections cut because of a mistake of this service, which its log tells.',
      read: one(() => stats().failedConnections),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_status_pages',
      help: 'Public status pages that there are.',
      read: one(() => stats().status.pages),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_status_file_wrong',
      help: 'Whether the file of status pages is wrong, so that they stay as they were: 1 or 0.',
      read: one(() => stats().status.isFileWrong),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_status_histories_total',
      help: 'How often what was before was read for status pages, well or not.',
      read: one(() => stats().status.histories),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_redis_contact',
      help: 'Whether Redis has answered since the start: 1 or 0.',
      read: one(() => feed.hasContact),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_redis_subscribed',
      help: 'Whether the subscription in Redis stands: 1 or 0.',
      read: one(() => feed.subscribed),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_followed_servers',
      help: 'Servers whose streams or connections are followed, since somebody wants them, by topic.',
      labelNames: ['topic'],
      read: () =>
        (['streams', 'connections'] as const).map((topic) => ({
          labels: { topic },
          value: feed.servers.followedCount(topic),
        })),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_unusable_messages_total',
      help: 'Messages and stored values that could not be used.',
      read: one(() => feed.rejectionCount),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_events_read_total',
      help: 'Events read from the durable Redis, those among them that were kept there at the start.',
      read: one(() => feed.eventStats.events),
    },
    {
      type: 'counter',
      name: 'mediamtx_monitor_unusable_entries_total',
      help: 'Entries of events and sessions that could not be used, each time that they were read.',
      read: one(() => feed.eventStats.unusable + feed.kept.unusable),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_events_lag_seconds',
      help: 'Time since all events that were kept were known here; no series when they never were.',
      read: () => {
        const { lagMs } = feed.eventStats;
        return lagMs === null ? [] : [{ value: lagMs / 1_000 }];
      },
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_snapshot_age_seconds',
      help: 'Age of the data this process has of a server; no series when none was ever read.',
      labelNames: ['server'],
      read: byServer(({ ageMs }) => (ageMs === null ? null : ageMs / 1_000)),
    },
    {
      type: 'gauge',
      name: 'mediamtx_monitor_snapshot_stale',
      help: 'Whether that data is older than 3 intervals: 1 or 0.',
      labelNames: ['server'],
      read: byServer(({ stale }) => Number(stale)),
    },
  ];
}
