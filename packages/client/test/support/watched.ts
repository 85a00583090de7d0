import type { ConnectionsMessage, HostsMessage, StreamsMessage } from '@mediamtx-monitor/types';
import { WebSocket } from 'ws';
import { connectMonitor } from '../../src/index.ts';
import type {
  HostAge,
  Monitor,
  MonitorOptions,
  MonitorState,
  ServerAge,
  ConnectionFailure,
} from '../../src/index.ts';
import { atEnd } from './at-end.ts';
import { createManualTime, type ManualTime } from './manual-time.ts';

/** A monitor whose time moves by hand, and everything it has told. */
export interface WatchedMonitor {
  readonly monitor: Monitor;
  readonly time: ManualTime;
  readonly states: MonitorState[];
  readonly streams: StreamsMessage[];
  readonly connections: ConnectionsMessage[];
  readonly hosts: HostsMessage[];
  readonly statuses: ServerAge[];
  readonly hostStatuses: HostAge[];
  readonly errors: ConnectionFailure[];
  /** What listeners have thrown. */
  readonly thrown: unknown[];
  /** Names of the states so far. */
  readonly stateNames: () => string[];
  /** The last state, as long as it is `waiting` or `refused`. */
  readonly failure: () => (ConnectionFailure & { readonly retryInMs?: number }) | undefined;
}

/** Connects with the `ws` of Node; closed at the end of the test. */
export function watch(options: Partial<MonitorOptions> & { readonly url: string }): WatchedMonitor {
  const time = createManualTime();
  const states: MonitorState[] = [];
  const streams: StreamsMessage[] = [];
  const connections: ConnectionsMessage[] = [];
  const hosts: HostsMessage[] = [];
  const statuses: ServerAge[] = [];
  const hostStatuses: HostAge[] = [];
  const errors: ConnectionFailure[] = [];
  const thrown: unknown[] = [];
  const monitor = connectMonitor({
    webSocket: WebSocket,
    timers: time.timers,
    monotonicMs: time.monotonicMs,
    random: () => 0.5,
    onState: (state) => states.push(state),
    onStreams: (message) => streams.push(message),
    onConnections: (message) => connections.push(message),
    onHosts: (message) => hosts.push(message),
    onStatus: (age) => statuses.push(age),
    onHostStatus: (age) => hostStatuses.push(age),
    onError: (failure) => errors.push(failure),
    report: (error) => thrown.push(error),
    ...options,
  });
  atEnd(() => {
    monitor.close();
    // Sockets that are closed in time are not waited for.
    time.advance(10_000);
  });
  return {
    monitor,
    time,
    states,
    streams,
    connections,
    hosts,
    statuses,
    hostStatuses,
    errors,
    thrown,
    stateNames: () => states.map(({ state }) => state),
    failure: () => {
      const last = states.at(-1);
      return last?.state === 'waiting' || last?.state === 'refused' ? last : undefined;
    },
  };
}
