import { alertRecord, hostRecord } from '@mediamtx-monitor/testkit';
import type {
  AlertsHead,
  AlertsMessage,
  ConnectionsMessage,
  HostsHead,
  HostsMessage,
  MessageHead,
  ServersMessage,
  StatusMessage,
  StreamsMessage,
} from '@mediamtx-monitor/types';

type Head = Omit<MessageHead, 'type'>;
type ServerStatusMessage = Extract<StatusMessage, { server: string }>;
type HostStatusMessage = Extract<StatusMessage, { host: string }>;

const head: Head = {
  v: 1,
  server: 'main',
  epoch: 1_000,
  seq: 1,
  collectedAt: '2026-01-01T00:00:00.000Z',
  publishedAt: '2026-01-01T00:00:00.100Z',
  intervalMs: 2_000,
  simulated: false,
  source: { status: 'up', error: null, version: 'v1.20.1' },
  missing: [],
  totals: {
    streams: 0,
    readers: 0,
    inboundMbps: null,
    outboundMbps: null,
    states: { idle: 0, waiting: 0, live: 0, stalled: 0, standby: 0, unknown: 0 },
    healths: { ok: 0, warning: 0, critical: 0, unknown: 0 },
  },
};

/** A streams message whose data was 100 ms old when it was made, but for what is given. */
export function streamsMessage(fields: Partial<Head> = {}): StreamsMessage {
  return { type: 'streams', ...head, ...fields, streams: [] };
}

/** The head of a server by itself. */
export function serversMessage(
  fields: Partial<Head> & Pick<Partial<ServersMessage>, 'attention'> = {},
): ServersMessage {
  return { type: 'servers', ...head, ...fields };
}

export function connectionsMessage(fields: Partial<Head> = {}): ConnectionsMessage {
  return { type: 'connections', ...head, ...fields, connections: [] };
}

export function statusMessage(fields: Partial<ServerStatusMessage> = {}): StatusMessage {
  return { type: 'status', server: 'main', stale: false, ageMs: 200, ...fields };
}

/** A hosts message whose data was just collected when it was made, but for what is given. */
export function hostsMessage(fields: Partial<HostsHead> = {}): HostsMessage {
  const { v, epoch, seq, publishedAt } = head;
  const times = { collectedAt: publishedAt, publishedAt, intervalMs: 5_000 };
  const hosts: HostsMessage['hosts'] = [hostRecord({ host: fields.host ?? 'media-1' })];
  return { type: 'hosts', v, host: 'media-1', epoch, seq, ...times, ...fields, hosts };
}

export function hostStatusMessage(fields: Partial<HostStatusMessage> = {}): StatusMessage {
  return { type: 'status', host: 'media-1', stale: false, ageMs: 200, ...fields };
}

/** A message of alerts, one of which fires, but for what is given. */
export function alertsMessage(fields: Partial<AlertsHead> = {}): AlertsMessage {
  const { v, epoch, seq, publishedAt } = head;
  const counts = { pending: 0, firing: 1, recovering: 0, unknown: 0, resolved: 0, silenced: 0 };
  const own = { publishedAt, intervalMs: 5_000, counts, targets: [], silences: [], ...fields };
  return { type: 'alerts', v, epoch, seq, ...own, alerts: [alertRecord()] };
}

export function alertsStatusMessage(): StatusMessage {
  return { type: 'status', topic: 'alerts', stale: false, ageMs: 200 };
}
