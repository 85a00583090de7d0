import { computed, effect } from '@preact/signals-core';
import type { StreamsHead } from '@mediamtx-monitor/types';
import type { FleetFeed } from '../data/feed.ts';
import type { FoundStreams } from '../data/fleet-search.ts';
import type { FleetState } from '../model/alerts.ts';
import { areSameSilences, fleetReasons, silencesOf } from '../model/fleet-reasons.ts';
import { fleetScope, followedServers, withLabels } from '../model/fleet-scope.ts';
import { streamsOfHeads, streamsOfList } from '../model/fleet-streams.ts';
import { groupStreams } from '../model/groups.ts';
import { filterStreams, inPinnedOrder, sortStreams } from '../model/selection.ts';
import { type ServerStreams, StreamLister } from '../model/streams.ts';
import { MAX_NAMED, summarise } from '../model/summary.ts';
import { fleetTotals } from '../model/totals.ts';
import { type ListShown, NOTHING_SHOWN, type Wanted } from './exchange.ts';
import { ListWindow } from './list-window.ts';
import { type SignalsOf, steady } from './mirror.ts';

/** Makes of the data what is shown of it. */
export function fleetModel(feed: FleetFeed, wanted: SignalsOf<Wanted>) {
  // What comes of hosts changes the fleet too, but none of its streams.
  const heads = computed(() => feed.fleet.value.servers);
  const messages = computed(() => feed.fleet.value.messages);
  const hosts = computed(() => feed.fleet.value.hosts);
  const { stale, staleStreams, silenceAges, hostAges } = feed.measured;
  const { isLarge } = feed;
  const lister = new StreamLister();
  const streams = computed(() =>
    lister.list(withFound(messages.value, wanted.found.value), staleStreams.value, heads.value.size > 1),
  );
  // Ages change each second, what they mean seldom does.
  const silences = steady(
    () => silencesOf(feed.fleet.value, silenceAges.value, hostAges.value),
    areSameSilences,
  );
  const staleHosts = steady(
    () => [...hostAges.value].flatMap(([host, age]) => (age.stale ? [host] : [])),
    (some, others) => some.join() === others.join(),
  );
  const reasons = computed(() => fleetReasons(feed.fleet.value, silences.value, new Set(staleHosts.value)));
  const favourites = computed(() => new Set(wanted.favourites.value));
  // Also until the streams of a few servers have come for the first time.
  const isByHeads = computed(() => isLarge.value || messages.value.size < heads.value.size);
  const fleetStreams = computed(() =>
    isByHeads.value ? streamsOfHeads(heads.value, stale.value) : streamsOfList(streams.value),
  );
  const selected = computed(() => {
    const selection = wanted.selection.value;
    if (selection === null) return null;
    const { filter, sort, grouping } = selection;
    const labelled = new Set(filter.label.length === 0 ? [] : withLabels(heads.value, filter.label));
    const narrowed = filterStreams(streams.value, filter, favourites.value, labelled);
    const list =
      sort === null ? inPinnedOrder(narrowed, filter) : sortStreams(narrowed, sort, favourites.value);
    return { filter, list, items: grouping === null ? list : groupStreams(list, grouping) };
  });
  const followed = steady(
    () => (isLarge.value ? followedIn(wanted, heads.value) : []),
    (some, others) => some.join() === others.join(),
  );
  effect(() => {
    feed.follow(followed.value);
  });
  const listWindow = new ListWindow(feed.history);
  let lastList: ListShown = NOTHING_SHOWN.list;
  return {
    streams,
    staleHosts,
    isLarge,
    servers: computed(() => (isLarge.value ? withFewNamed(heads.value) : heads.value)),
    hosts,
    silences,
    totals: computed(() => fleetTotals(heads.value, stale.value)),
    summary: computed(() =>
      summarise(
        {
          serverCount: heads.value.size,
          streams: fleetStreams.value,
          reasons: reasons.value,
          silences: silences.value,
        },
        feed.link.value,
      ),
    ),
    streamCount: computed(() => (isByHeads.value ? countIn(heads.value) : streams.value.length)),
    isListWhole: computed(() => {
      if (!isLarge.value) return !isByHeads.value;
      const selection = wanted.selection.value;
      const isSearch = selection !== null && fleetScope(selection.filter, selection.isScreen) === 'found';
      return isSearch
        ? wanted.found.value !== null
        : followed.value.every((server) => messages.value.has(server));
    }),
    // While none is looked at, the last one stays.
    list: computed(() => {
      if (selected.value !== null) {
        lastList = listWindow.at(selected.value, {
          part: wanted.part.value,
          sparkLength: wanted.sparkLength.value,
          cursor: wanted.cursor.value,
        });
      }
      return lastList;
    }),
    state: computed((): FleetState => ({
      serverIds: [...heads.value.keys()],
      hostIds: [...hosts.value.keys()],
      ill: fleetStreams.value.ill,
      unknown: streams.value.flatMap(({ key, health }) => (health === 'unknown' ? [key] : [])),
      unknownServers: isByHeads.value ? untold(heads.value, stale.value) : NONE,
      reasons: reasons.value,
      silentServers: [...silences.value.keys()],
      silentHosts: staleHosts.value,
    })),
  };
}

type Heads = ReadonlyMap<string, StreamsHead>;
const NONE: ReadonlySet<string> = new Set();

/** Servers whose streams somebody looks at: in the list, and on a stream's page. */
function followedIn(wanted: SignalsOf<Wanted>, heads: Heads): readonly string[] {
  const selection = wanted.selection.value;
  const open = wanted.stream.value;
  const ofStream = open !== null && heads.has(open.server) ? [open.server] : [];
  if (selection === null) return ofStream;
  const { filter, isScreen } = selection;
  return followedServers({
    filter,
    scope: fleetScope(filter, isScreen),
    favourites: wanted.favourites.value,
    heads,
    worst: wanted.worst.value,
  });
}

/** Streams that were found on other servers stand beside those that are followed. */
function withFound(
  messages: ReadonlyMap<string, ServerStreams>,
  found: FoundStreams | null,
): ReadonlyMap<string, ServerStreams> {
  if (found === null) return messages;
  const all = new Map(messages);
  for (const [server, streams] of Map.groupBy(found.streams, (stream) => stream.server)) {
    if (!messages.has(server)) all.set(server, { publishedAt: found.at, streams });
  }
  return all;
}

/** The page names a few of what is wrong, and each head goes to it with each picture. */
function withFewNamed(heads: Heads): Heads {
  return new Map(
    [...heads].map(([server, head]) => {
      const { attention } = head;
      if (attention == null || attention.worst.length <= MAX_NAMED) return [server, head];
      return [server, { ...head, attention: { ...attention, worst: attention.worst.slice(0, MAX_NAMED) } }];
    }),
  );
}

/** Servers that say nothing of their streams now. */
function untold(heads: Heads, stale: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    [...heads].flatMap(([server, { attention }]) =>
      attention === null || stale.has(server) ? [server] : [],
    ),
  );
}

function countIn(heads: Heads): number {
  return [...heads.values()].reduce(
    (sum, { totals }) => sum + (totals.streams ?? 0) + (totals.missing ?? 0),
    0,
  );
}
