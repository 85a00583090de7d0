import { computed } from '@preact/signals-core';
import type { StreamsHead, StreamsMessage } from '@mediamtx-monitor/types';
import type { FleetFeed } from '../data/feed.ts';
import type { FleetState } from '../model/alerts.ts';
import { areSameSilences, fleetReasons, silencesOf } from '../model/fleet-reasons.ts';
import { groupStreams } from '../model/groups.ts';
import { filterStreams, inPinnedOrder, sortStreams } from '../model/selection.ts';
import { StreamLister } from '../model/streams.ts';
import { summarise } from '../model/summary.ts';
import { fleetTotals } from '../model/totals.ts';
import { type ListShown, NOTHING_SHOWN, type Wanted } from './exchange.ts';
import { ListWindow } from './list-window.ts';
import { type SignalsOf, steady } from './mirror.ts';

/** Makes of the data what is shown of it. */
export function fleetModel(feed: FleetFeed, wanted: SignalsOf<Wanted>) {
  // What comes of hosts changes the fleet too, but none of its streams.
  const messages = computed(() => feed.fleet.value.servers);
  const hosts = computed(() => feed.fleet.value.hosts);
  const lister = new StreamLister();
  const streams = computed(() => lister.list(messages.value, feed.stale.value));
  // Ages change each second, what they mean seldom does.
  const silences = steady(
    () => silencesOf(feed.fleet.value, feed.silenceAges.value, feed.hostAges.value),
    areSameSilences,
  );
  const staleHosts = steady(
    () => [...feed.hostAges.value].flatMap(([host, { stale }]) => (stale ? [host] : [])),
    (some, others) => some.join() === others.join(),
  );
  const reasons = computed(() => fleetReasons(feed.fleet.value, silences.value, new Set(staleHosts.value)));
  const favourites = computed(() => new Set(wanted.favourites.value));
  const selected = computed(() => {
    const selection = wanted.selection.value;
    if (selection === null) return null;
    const { filter, sort, grouping } = selection;
    const narrowed = filterStreams(streams.value, filter, favourites.value);
    const list =
      sort === null ? inPinnedOrder(narrowed, filter) : sortStreams(narrowed, sort, favourites.value);
    return { filter, list, items: grouping === null ? list : groupStreams(list, grouping) };
  });
  const listWindow = new ListWindow(feed.history);
  let lastList: ListShown = NOTHING_SHOWN.list;
  return {
    streams,
    staleHosts,
    servers: computed(() => headsOf(messages.value)),
    hosts,
    silences,
    totals: computed(() => fleetTotals(messages.value, feed.stale.value)),
    summary: computed(() =>
      summarise(
        { servers: messages.value, list: streams.value, reasons: reasons.value, silences: silences.value },
        feed.link.value,
      ),
    ),
    streamCount: computed(() => streams.value.length),
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
      serverIds: [...messages.value.keys()],
      hostIds: [...hosts.value.keys()],
      list: streams.value,
      reasons: reasons.value,
      silentServers: [...silences.value.keys()],
      silentHosts: staleHosts.value,
    })),
  };
}

function headsOf(messages: ReadonlyMap<string, StreamsMessage>): ReadonlyMap<string, StreamsHead> {
  return new Map([...messages].map(([server, message]) => [server, headOf(message)]));
}

function headOf(message: StreamsMessage): StreamsHead {
  const head: StreamsHead & { streams?: unknown } = { ...message };
  delete head.streams;
  return head;
}
