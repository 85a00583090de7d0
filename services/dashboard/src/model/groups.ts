import type { Grouping } from '../data/view.ts';
import { groupPrefix } from './names.ts';
import { type ListedStream, type Look, lookOf, urgency } from './streams.ts';

/** Stands over the streams whose names begin alike. */
export interface StreamGroup {
  /** Unique among groups, and the key of no stream. */
  readonly key: string;
  /** How the names begin, without the slash; empty: they have none in them. */
  readonly prefix: string;
  readonly isClosed: boolean;
  /** Streams of it that the list has, also while it is closed. */
  readonly count: number;
  readonly looks: Readonly<Record<Look, number>>;
  /** That of the stream that needs an eye most. */
  readonly worst: Look;
}

/** A line of the list: a stream, or what stands over those that follow. */
export type ListItem = ListedStream | StreamGroup;

/** Stands among closed groups for all there are. */
export const ALL_GROUPS = '*';

export function isGroup(item: ListItem): item is StreamGroup {
  return !('stream' in item);
}

/** Whether a group is closed. */
export function isClosed({ closed }: Grouping, prefix: string): boolean {
  return closed.includes(ALL_GROUPS) !== closed.includes(closedName(prefix));
}

/** The same, but for one group, which is opened or closed. */
export function withToggled(grouping: Grouping, prefix: string): Grouping {
  const name = closedName(prefix);
  const others = grouping.closed.filter((one) => one !== name);
  return { ...grouping, closed: others.length < grouping.closed.length ? others : [...others, name] };
}

/** With its slash, by which it is no `*`, and something where it is empty. */
function closedName(prefix: string): string {
  return `${prefix}/`;
}

/**
 * Puts streams together whose names begin alike. Groups stand in the order of their first streams, so that the worst is
 * first wherever the worst stream is; within them streams keep their order.
 */
export function groupStreams(list: readonly ListedStream[], grouping: Grouping): readonly ListItem[] {
  const groups = new Map<string, ListedStream[]>();
  for (const listed of list) {
    const prefix = groupPrefix(listed.stream.name, grouping.depth);
    const group = groups.get(prefix);
    if (group === undefined) groups.set(prefix, [listed]);
    else group.push(listed);
  }
  const items: ListItem[] = [];
  for (const [prefix, streams] of groups) {
    const closed = isClosed(grouping, prefix);
    items.push(groupOf(prefix, streams, closed));
    // Spread over a call, thousands would be too many.
    if (!closed) for (const listed of streams) items.push(listed);
  }
  return items;
}

function groupOf(prefix: string, streams: readonly ListedStream[], closed: boolean): StreamGroup {
  const looks = { ok: 0, rest: 0, warning: 0, critical: 0, unknown: 0 };
  let worst: Look = 'rest';
  let most = Infinity;
  for (const listed of streams) {
    const look = lookOf(listed.health, listed.stream.state);
    looks[look] += 1;
    const its = urgency(listed);
    if (its < most) [worst, most] = [look, its];
  }
  return { key: `/${prefix}`, prefix, isClosed: closed, count: streams.length, looks, worst };
}
