import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AlertSink } from './data/alert-sink.ts';
import { FleetFeed, type FeedPorts } from './data/feed.ts';
import { fetchPreviews } from './data/previews.ts';
import { KeptToken, type Preferences } from './data/storage.ts';
import { StreamWatch } from './data/stream-watch.ts';
import { Router, type RouterPorts } from './data/view.ts';
import { notificationText, textContextOf } from './i18n/fleet-text.ts';
import { areSameSilences, fleetReasons, silencesOf } from './model/fleet-reasons.ts';
import { Notifier } from './model/notifier.ts';
import { filterStreams, sortStreams } from './model/selection.ts';
import { StreamLister } from './model/streams.ts';
import { summarise } from './model/summary.ts';
import { fleetTotals } from './model/totals.ts';
import { Appearance } from './ui/appearance.ts';
import type { Dashboard } from './ui/context.ts';

/** Everything of the browser that the page needs. */
export interface DashboardPorts extends FeedPorts, RouterPorts {
  /** Kept on this machine. */
  readonly preferences: Preferences;
  /** Kept until the tab is closed. */
  readonly tabMemory: Preferences;
  readonly languages: readonly string[];
  /** Unix time in ms. */
  readonly now: () => number;
  readonly reload: () => void;
  readonly fetch: typeof fetch;
  readonly alertSink: AlertSink;
}

/** Makes the parts of the page and wires them: data → model → how it is said. */
export function createDashboard(ports: DashboardPorts): Dashboard {
  const { preferences, tabMemory } = ports;
  const kept = new KeptToken(tabMemory, preferences);
  const router = new Router(ports);
  const feed = new FleetFeed(kept.token, ports);
  effect(() => {
    const link = feed.link.value;
    if (link.state === 'refused' && link.code === 'unauthorized') kept.forgetRefused();
  });
  const appearance = new Appearance(router, preferences, ports.languages);
  const model = modelOf(feed, router);
  return {
    view: router.view,
    go: router.go,
    adjust: router.adjust,
    href: router.href,
    openLink: router.open,
    language: appearance.language,
    theme: appearance.theme,
    texts: appearance.texts,
    format: appearance.format,
    chooseLanguage: appearance.chooseLanguage,
    chooseTheme: appearance.chooseTheme,
    feed,
    ...model,
    notifier: notifierOf(ports, feed, model, appearance),
    cursor: signal<string | null>(null),
    now: ports.now,
    monotonicMs: ports.monotonicMs,
    url: ports.url,
    ...eventsNote(tabMemory),
    watch: (stream) => {
      const link = feed.link.peek();
      const transport = link.state === 'open' ? link.transport : undefined;
      return new StreamWatch(stream, { token: kept.token, transport }, ports);
    },
    previews: () => fetchPreviews(ports.url, kept.token, ports.fetch),
    hasToken: kept.token !== undefined,
    signIn: (next, staysInBrowser) => {
      const isKept = kept.keep(next, staysInBrowser);
      if (isKept) ports.reload();
      return isKept;
    },
    signOut: () => {
      kept.forget();
      ports.reload();
    },
    reload: ports.reload,
  };
}

/** What is made of the data. */
function modelOf(feed: FleetFeed, { view }: Router) {
  // What comes of hosts changes the fleet too, but none of its streams.
  const servers = computed(() => feed.fleet.value.servers);
  // A text is the same as long as it reads the same, which a list isn't.
  const serverKeys = computed(() => [...servers.value.keys()].join(','));
  const lister = new StreamLister();
  const list = computed(() => lister.list(servers.value, feed.stale.value));
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
  return {
    list,
    shown: computed(() => sortStreams(filterStreams(list.value, view.value), view.value.sort)),
    serverIds: computed(() => serverKeys.value.split(',').filter(Boolean)),
    hasManyServers: computed(() => servers.value.size > 1),
    totals: computed(() => fleetTotals(servers.value, feed.stale.value)),
    silences,
    staleHosts,
    reasons,
    summary: computed(() =>
      summarise(
        { servers: servers.value, list: list.value, reasons: reasons.value, silences: silences.value },
        feed.link.value,
      ),
    ),
  };
}

function notifierOf(
  { alertSink, preferences, after, monotonicMs }: DashboardPorts,
  feed: FleetFeed,
  { list, serverIds, hasManyServers, silences, staleHosts, reasons }: ReturnType<typeof modelOf>,
  { texts, format }: Appearance,
): Notifier {
  return new Notifier({
    sink: alertSink,
    preferences,
    after,
    monotonicMs,
    fleetState: computed(() => ({
      serverIds: serverIds.value,
      hostIds: [...feed.fleet.value.hosts.keys()],
      list: list.value,
      reasons: reasons.value,
      silentServers: [...silences.value.keys()],
      silentHosts: staleHosts.value,
    })),
    isCurrent: feed.isSettled,
    isConnected: computed(() => feed.link.value.state === 'open'),
    text: {
      alerts: (alerts) =>
        notificationText(
          alerts,
          textContextOf(texts.peek(), format.peek(), hasManyServers.peek(), () => feed.silenceAges.peek()),
        ),
      lost: () => [texts.peek().summary.unconnected, texts.peek().alerts.lost],
    },
  });
}

const EVENTS_NOTE = 'events-note';

/** Whether the line is hidden that says how to get a WebSocket through. */
function eventsNote(tabMemory: Preferences): Pick<Dashboard, 'isEventsNoteHidden' | 'hideEventsNote'> {
  const isEventsNoteHidden = signal(tabMemory.get(EVENTS_NOTE) === 'hidden');
  return {
    isEventsNoteHidden,
    hideEventsNote: () => {
      tabMemory.set(EVENTS_NOTE, 'hidden');
      isEventsNoteHidden.value = true;
    },
  };
}

/** A signal that stays the same value for as long as the next is no different, so that nothing is drawn anew for it. */
function steady<T>(compute: () => T, isSame: (one: T, other: T) => boolean): ReadonlySignal<T> {
  let last: { readonly value: T } | undefined;
  return computed(() => {
    const value = compute();
    if (last === undefined || !isSame(last.value, value)) last = { value };
    return last.value;
  });
}
