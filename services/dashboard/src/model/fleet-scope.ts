import { hasLabels, MAX_SUBSCRIBED_SERVERS, type StreamsHead } from '@mediamtx-monitor/types';
import type { ViewFilter } from '../data/view.ts';

/**
 * What of a large fleet is listed. `servers`: these alone; `chosen`: streams of some servers; `found`: streams of any
 * server, as far as they match; `worst`: streams of those servers that need attention most.
 */
export type FleetScope = 'servers' | 'chosen' | 'found' | 'worst';

/** @param isScreen whether it is a wall, or a screen that nobody touches: it always shows streams */
export function fleetScope(filter: ViewFilter, isScreen: boolean): FleetScope {
  const { q, state, health, server, label, pins, favourites } = filter;
  if (server.length > 0 || pins.length > 0 || favourites) return 'chosen';
  if (q.trim() !== '' || state.length > 0 || health.length > 0) return 'found';
  if (label.length > 0) return 'chosen';
  return isScreen ? 'worst' : 'servers';
}

/** Servers that have the labels that the list is narrowed to. */
export function withLabels(
  heads: ReadonlyMap<string, Pick<StreamsHead, 'labels'>>,
  label: readonly string[],
): readonly string[] {
  return [...heads].flatMap(([id, { labels = {} }]) => (hasLabels(labels, label) ? [id] : []));
}

export interface FollowedInput {
  readonly filter: ViewFilter;
  readonly scope: FleetScope;
  /** Keys of streams that have a star. */
  readonly favourites: readonly string[];
  readonly heads: ReadonlyMap<string, Pick<StreamsHead, 'labels'>>;
  /** Ids of those that are shown where nobody has chosen any. */
  readonly worst: readonly string[];
}

/** Servers whose streams the list needs, in order: what is chosen, as far as it can be followed. */
export function followedServers(input: FollowedInput): readonly string[] {
  return [...new Set(chosenServers(input))].sort().slice(0, MAX_SUBSCRIBED_SERVERS);
}

function chosenServers({ filter, scope, favourites, heads, worst }: FollowedInput): readonly string[] {
  if (scope === 'worst') return worst.filter((id) => heads.has(id));
  if (scope !== 'chosen') return [];
  const labelled = withLabels(heads, filter.label);
  if (filter.server.length > 0) return labelled.filter((id) => filter.server.includes(id));
  const keys = filter.pins.length > 0 ? filter.pins : filter.favourites ? favourites : null;
  if (keys === null) return labelled;
  const named = new Set(keys.map(serverIn));
  return labelled.filter((id) => named.has(id));
}

function serverIn(key: string): string {
  return key.slice(0, key.indexOf('/'));
}
