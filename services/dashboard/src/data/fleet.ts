import type { HostRecord, HostsMessage, StreamsMessage } from '@mediamtx-monitor/types';

/** The newest of everything that came: what the whole page is made of. */
export interface FleetSnapshot {
  /** Newest streams message by server id. */
  readonly servers: ReadonlyMap<string, StreamsMessage>;
  /** Newest hosts message by host id. */
  readonly hosts: ReadonlyMap<string, HostsMessage>;
}

export const EMPTY_FLEET: FleetSnapshot = { servers: new Map(), hosts: new Map() };

/** Newest record of each host. */
export function hostRecords({ hosts }: FleetSnapshot): readonly HostRecord[] {
  return [...hosts.values()].flatMap((message) => message.hosts);
}

/** What has come since the last picture; of each server and host only the newest is kept. */
export interface Updates {
  readonly servers: Map<string, StreamsMessage>;
  readonly hosts: Map<string, HostsMessage>;
}

/** The next picture: the last one, with what has come since. */
export function withUpdates(fleet: FleetSnapshot, updates: Updates): FleetSnapshot {
  return { servers: merged(fleet.servers, updates.servers), hosts: merged(fleet.hosts, updates.hosts) };
}

/** The same map when nothing came, so that nothing that depends on it is made again. */
function merged<T>(old: ReadonlyMap<string, T>, updates: ReadonlyMap<string, T>): ReadonlyMap<string, T> {
  return updates.size === 0 ? old : new Map([...old, ...updates]);
}

/** The picture without a server. */
export function withoutServer(fleet: FleetSnapshot, server: string): FleetSnapshot {
  return { ...fleet, servers: without(fleet.servers, server) };
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
  return { servers: only(fleet.servers, received.servers), hosts: only(fleet.hosts, received.hosts) };
}

function only<T>(map: ReadonlyMap<string, T>, ids: ReadonlySet<string>): ReadonlyMap<string, T> {
  const kept = [...map].filter(([id]) => ids.has(id));
  return kept.length === map.size ? map : new Map(kept);
}
