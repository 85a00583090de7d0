import type { MonitorState } from '@mediamtx-monitor/client';
import type { Fleet } from '../data/fleet.ts';
import type { FleetTrouble } from './fleet-trouble.ts';
import { type Listed, needsAttention } from './listed.ts';
import { lookOf } from './look.ts';
import { sortStreams } from './select.ts';
import type { Severity } from './severity.ts';
import type { Silence } from './silence.ts';
import { DEFAULT_SORT } from './view-state.ts';

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
      readonly severity: Severity;
      /** Whether the sentence is about streams, since none of the others is as bad. */
      readonly isOfStreams: boolean;
      /** Of servers and machines, the worst first. */
      readonly troubles: readonly FleetTrouble[];
      /** The most urgent first. */
      readonly streams: readonly Listed[];
      /** Servers that nothing is heard of, which needn't mean anything yet. */
      readonly silent: readonly string[];
    }
  | {
      readonly kind: 'unsure';
      /** Streams of unknown health. */
      readonly unknown: number;
      readonly silent: readonly string[];
    }
  | { readonly kind: 'well'; readonly live: number; readonly resting: number; readonly servers: number };

/** What the truth is made of. */
export interface Facts {
  readonly servers: Fleet['servers'];
  readonly list: readonly Listed[];
  /** The worst first. */
  readonly troubles: readonly FleetTrouble[];
  readonly silences: ReadonlyMap<string, Silence>;
}

export function tellTruth({ servers, list, troubles, silences }: Facts, { state }: MonitorState): Truth {
  if (servers.size === 0) {
    if (state === 'open') return { kind: 'empty', servers: 0 };
    return { kind: state === 'connecting' || state === 'refused' ? state : 'unconnected' };
  }
  if (state !== 'open') return { kind: 'outdated' };
  const streams = sortStreams(list.filter(needsAttention), DEFAULT_SORT);
  const silent = [...silences].flatMap(([server, { level }]) => (level === 'quiet' ? [server] : []));
  if (troubles.length > 0 || streams.length > 0) {
    const worstStream = streams[0]?.health;
    const worstTrouble = troubles[0]?.severity;
    return {
      kind: 'attention',
      severity: worstStream === 'critical' || worstTrouble === 'critical' ? 'critical' : 'warning',
      isOfStreams: worstTrouble === undefined || (worstStream === 'critical' && worstTrouble !== 'critical'),
      troubles,
      streams,
      silent,
    };
  }
  const unknown = list.filter(({ health }) => health === 'unknown').length;
  if (unknown > 0 || silent.length > 0) return { kind: 'unsure', unknown, silent };
  if (list.length === 0) return { kind: 'empty', servers: servers.size };
  const live = list.filter(({ health, stream }) => lookOf(health, stream.state) === 'ok').length;
  return { kind: 'well', live, resting: list.length - live, servers: servers.size };
}
