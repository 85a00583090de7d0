import type { MonitorState } from '@mediamtx-monitor/client';
import type { SourceStatus } from '@mediamtx-monitor/types';
import type { Fleet } from '../data/fleet.ts';
import { type Listed, needsAttention } from './listed.ts';
import { sortStreams } from './select.ts';
import { DEFAULT_SORT } from './view-state.ts';

/** A server that can't be believed or doesn't answer. */
export interface ServerTrouble {
  readonly server: string;
  /** `stale`: no news of it, since the monitor itself is silent about it. */
  readonly problem: Exclude<SourceStatus, 'up'> | 'stale';
}

/** A server of which some lists couldn't be read this time. */
export interface Unread {
  readonly server: string;
  readonly lists: readonly string[];
}

/**
 * How all is, in one sentence. `connecting`: nothing is known yet; `unconnected`: nothing is known, since the API can't
 * be reached; `refused`: nothing is known, since it doesn't let this page in; `empty`: there is no server, or none has a stream; `outdated`: the
 * connection is lost, so that all that is shown may be over; `attention`: someone
 * should look; `unsure`: no trouble is known, but not all is; `well`.
 */
export type Truth =
  | { readonly kind: 'connecting' | 'unconnected' | 'refused' | 'outdated' }
  | { readonly kind: 'empty'; readonly servers: number }
  | {
      readonly kind: 'attention';
      readonly severity: 'warning' | 'critical';
      readonly servers: readonly ServerTrouble[];
      /** The most urgent first. */
      readonly streams: readonly Listed[];
    }
  | {
      readonly kind: 'unsure';
      /** Streams of unknown health. */
      readonly unknown: number;
      readonly unread: readonly Unread[];
    }
  | { readonly kind: 'well'; readonly live: number; readonly streams: number; readonly servers: number };

/** Servers someone should look after. */
export function serverTroubles(
  servers: Fleet['servers'],
  stale: ReadonlySet<string>,
): readonly ServerTrouble[] {
  return [...servers.values()].flatMap(({ server, source }): ServerTrouble[] => {
    if (source.status !== 'up') return [{ server, problem: source.status }];
    return stale.has(server) ? [{ server, problem: 'stale' }] : [];
  });
}

export function tellTruth(
  servers: Fleet['servers'],
  list: readonly Listed[],
  troubled: readonly ServerTrouble[],
  { state }: MonitorState,
): Truth {
  if (servers.size === 0) {
    if (state === 'open') return { kind: 'empty', servers: 0 };
    return { kind: state === 'connecting' || state === 'refused' ? state : 'unconnected' };
  }
  if (state !== 'open') return { kind: 'outdated' };
  const streams = sortStreams(list.filter(needsAttention), DEFAULT_SORT);
  if (troubled.length > 0 || streams.length > 0) {
    const isCritical = troubled.length > 0 || streams[0]?.health === 'critical';
    return { kind: 'attention', severity: isCritical ? 'critical' : 'warning', servers: troubled, streams };
  }
  const unknown = list.filter(({ health }) => health === 'unknown').length;
  const unread = [...servers.values()].flatMap(({ server, missing }) =>
    missing.length === 0 ? [] : [{ server, lists: missing }],
  );
  if (unknown > 0 || unread.length > 0) return { kind: 'unsure', unknown, unread };
  if (list.length === 0) return { kind: 'empty', servers: servers.size };
  const live = list.filter(({ stream }) => stream.state === 'live').length;
  return { kind: 'well', live, streams: list.length, servers: servers.size };
}
