import type { KeptPage } from '@mediamtx-monitor/client';
import { isLaterEvent, type MonitorEvent } from '@mediamtx-monitor/types';

/** What is known of the answers to one question about events, from some moment to another without a gap. */
export interface EventPages {
  /** In order. */
  readonly events: readonly MonitorEvent[];
  /** As `until` it leads to what was before. */
  readonly previous: string | null;
  /** As `since` it leads to what came after. */
  readonly next: string;
  readonly hasOlder: boolean;
  /** There may be newer ones that weren't asked for yet. */
  readonly hasNewer: boolean;
}

/** So many events are held of a question; older ones are asked for again when they are wanted. */
const MAX_EVENTS = 10_000;

/** @param reachesNow whether the page ends with the newest there are */
export function firstPages(page: KeptPage<MonitorEvent>, reachesNow: boolean): EventPages {
  const { items, previous, next, more } = page;
  return { events: items, previous, next, hasOlder: more && previous !== null, hasNewer: !reachesNow };
}

export function withOlder(pages: EventPages, page: KeptPage<MonitorEvent>): EventPages {
  const { items, previous, more } = page;
  return { ...pages, events: [...items, ...pages.events], previous, hasOlder: more && previous !== null };
}

export function withNewer(pages: EventPages, page: KeptPage<MonitorEvent>): EventPages {
  const { items, next, more } = page;
  if (items.length === 0 && next === pages.next && more === pages.hasNewer) return pages;
  const events = [...pages.events, ...items];
  const newer = { ...pages, events, next, hasNewer: more };
  const first = events.length > MAX_EVENTS ? events.at(-MAX_EVENTS) : undefined;
  if (first === undefined) return newer;
  return { ...newer, events: events.slice(-MAX_EVENTS), previous: first.id, hasOlder: true };
}

/** What several questions together have told. */
export interface KnownEvents {
  /** In order, each once; only as far back as all of them have come. */
  readonly events: readonly MonitorEvent[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
}

/** What is known of all questions together: before where one has stopped, those of the others would be half the story. */
export function knownEvents(all: readonly EventPages[]): KnownEvents {
  const edges = all.flatMap(({ hasOlder, previous }) => (hasOlder && previous !== null ? [previous] : []));
  const byId = new Map(all.flatMap(({ events }) => events.map((event) => [event.id, event] as const)));
  const events = [...byId.values()]
    .filter(({ id }) => edges.every((edge) => !isLaterEvent(edge, id)))
    .sort((a, b) => (a === b ? 0 : isLaterEvent(a.id, b.id) ? 1 : -1));
  return {
    events,
    hasOlder: edges.length > 0,
    hasNewer: all.some(({ hasNewer }) => hasNewer),
  };
}

/** Which of the questions have to go on, so that all of them get further back: those that have come least far. */
export function leastFar(all: readonly EventPages[]): readonly number[] {
  const open = all.flatMap(({ hasOlder, previous }, index) =>
    hasOlder && previous !== null ? [{ index, previous }] : [],
  );
  return open
    .filter((one) => open.every((other) => !isLaterEvent(other.previous, one.previous)))
    .map(({ index }) => index);
}
