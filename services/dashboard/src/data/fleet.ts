import type {
  HostRecord,
  HostsMessage,
  ServersMessage,
  StreamsHead,
  StreamsMessage,
} from '@mediamtx-monitor/types';

/** The newest of everything that came: what the whole page is made of. */
export interface FleetSnapshot {
  /** Newest head by server id. */
  readonly servers: ReadonlyMap<string, StreamsHead>;
  /** Newest streams message of those servers whose streams are followed, by server id. */
  readonly messages: ReadonlyMap<string, StreamsMessage>;
  /** Newest hosts message by host id. */
  readonly hosts: ReadonlyMap<string, HostsMessage>;
}

export const EMPTY_FLEET: FleetSnapshot = { servers: new Map(), messages: new Map(), hosts: new Map() };

/** Newest record of each host. */
export function hostRecords({ hosts }: FleetSnapshot): readonly HostRecord[] {
  return [...hosts.values()].flatMap((message) => message.hosts);
}

/** What has come since the last picture; of each server and host only the newest is kept. */
export interface Updates {
  readonly servers: Map<string, StreamsHead>;
  readonly messages: Map<string, StreamsMessage>;
  readonly hosts: Map<string, HostsMessage>;
}

/** The next picture: the last one, with what has come since. */
export function withUpdates(fleet: FleetSnapshot, updates: Updates): FleetSnapshot {
  return {
    servers: merged(fleet.servers, updates.servers),
    messages: merged(fleet.messages, updates.messages),
    hosts: merged(fleet.hosts, updates.hosts),
  };
}

/** The same map when nothing came, so that nothing that depends on it is made again. */
function merged<T>(old: ReadonlyMap<string, T>, updates: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return updates.size === 0 ? old : new Map([...old, ...updates]);
}

/** The picture without a server. */
export function withoutServer(fleet: FleetSnapshot, server: string): FleetSnapshot {
  return { ...fleet, servers: without(fleet.servers, server), messages: without(fleet.messages, server) };
}

/** The picture without a host. */
export function withoutHost(fleet: FleetSnapshot, host: string): FleetSnapshot {
  return { ...fleet, hosts: without(fleet.hosts, host) };
}

function without<T>(map: ReadonlyMap<string, T>, id: string): ReadonlyMap<string, T> {
  return map.has(id) ? new Map([...map].filter(([each]) => each !== id)) : map;
}

/** Ids of the servers and hosts of which something has come since some moment. */
export interface ReceivedSubjects {
  readonly servers: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
}

/** The picture without the servers and hosts of which nothing came. */
export function onlyReceived(fleet: FleetSnapshot, received: ReceivedSubjects): FleetSnapshot {
  return {
    servers: only(fleet.servers, received.servers),
    messages: only(fleet.messages, received.servers),
    hosts: only(fleet.hosts, received.hosts),
  };
}

/** The picture with the streams of these servers only. */
export function onlyStreamsOf(fleet: FleetSnapshot, servers: ReadonlySet<string>): FleetSnapshot {
  return { ...fleet, messages: only(fleet.messages, servers) };
}

/** The head of a server's message, whichever it is. */
export function headOf(message: StreamsMessage | ServersMessage): StreamsHead {
  const head: StreamsHead & { streams?: unknown } = { ...message, type: 'streams' };
  delete head.streams;
  return head;
}

function only<T>(map: ReadonlyMap<string, T>, ids: ReadonlySet<string>): ReadonlyMap<string, T> {
  const kept = [...map].filter(([id]) => ids.has(id));
  return kept.length === map.size ? map : new Map(kept);
}
