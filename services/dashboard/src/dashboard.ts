import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AlertPorts } from './data/alert-sink.ts';
import { createFeed, type FeedPorts } from './data/feed.ts';
import { fetchPreviews } from './data/previews.ts';
import { keptToken, type Preferences } from './data/storage.ts';
import { watchStream } from './data/stream-watch.ts';
import { createRouter, LANGUAGES, type RouterPorts, THEMES } from './data/view.ts';
import { alertWords } from './i18n/fleet-words.ts';
import { createFormat } from './i18n/format.ts';
import { languageOf, localeOf, TEXTS } from './i18n/language.ts';
import { createAlerts } from './model/alerts.ts';
import { areSameSilences, fleetTroubles, silencesOf } from './model/fleet-trouble.ts';
import { filterStreams, sortStreams } from './model/selection.ts';
import { createLister } from './model/streams.ts';
import { fleetTotals } from './model/totals.ts';
import { tellTruth } from './model/truth.ts';
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
  readonly alerts: AlertPorts;
}

const EVENTS_NOTE = 'events-note';

export function createDashboard(ports: DashboardPorts): Dashboard {
  const { preferences, tabMemory, languages } = ports;
  const kept = keptToken(tabMemory, preferences);
  const { token } = kept;
  const { open, ...router } = createRouter(ports);
  const { view } = router;
  const feed = createFeed(token, ports);
  effect(() => {
    const link = feed.link.value;
    if (link.state === 'refused' && link.code === 'unauthorized') kept.forgetRefused();
  });

  const chosen = signal({ lang: preferences.get('lang'), theme: preferences.get('theme') });
  const language = computed(
    () => view.value.lang ?? LANGUAGES.find((one) => one === chosen.value.lang) ?? languageOf(languages),
  );
  const theme = computed(
    () => view.value.theme ?? THEMES.find((one) => one === chosen.value.theme) ?? 'auto',
  );

  // A text is the same as long as it reads the same, which a list isn't.
  const serverKeys = computed(() => [...servers.value.keys()].join(','));
  const serverIds = computed(() => serverKeys.value.split(',').filter(Boolean));
  const listStreams = createLister();
  // News of hosts changes the fleet too, but none of its streams.
  const servers = computed(() => feed.fleet.value.servers);
  const list = computed(() => listStreams(servers.value, feed.stale.value));
  const shown = computed(() => sortStreams(filterStreams(list.value, view.value), view.value.sort));

  // Ages change each second, what they mean seldom does.
  const silences = steady(
    () => silencesOf(feed.fleet.value, feed.hearings.value, feed.hostAges.value),
    areSameSilences,
  );
  const staleHosts = steady(
    () => [...feed.hostAges.value].flatMap(([host, { stale }]) => (stale ? [host] : [])),
    (some, others) => some.join() === others.join(),
  );
  const troubles = computed(() => fleetTroubles(feed.fleet.value, silences.value, new Set(staleHosts.value)));
  const hasManyServers = computed(() => servers.value.size > 1);
  const isEventsNoteHidden = signal(tabMemory.get(EVENTS_NOTE) === 'hidden');
  const texts = computed(() => TEXTS[language.value]);
  const format = computed(() => createFormat(localeOf(language.value, languages)));
  const alerts = createAlerts({
    ...ports.alerts,
    preferences,
    after: ports.after,
    monotonicMs: ports.monotonicMs,
    picture: computed(() => ({
      serverIds: serverIds.value,
      hostIds: [...feed.fleet.value.hosts.keys()],
      list: list.value,
      troubles: troubles.value,
      silentServers: [...silences.value.keys()],
      silentHosts: staleHosts.value,
    })),
    isCurrent: feed.isSettled,
    isConnected: computed(() => feed.link.value.state === 'open'),
    words: {
      trouble: (news) =>
        alertWords(news, {
          texts: texts.peek(),
          format: format.peek(),
          hasManyServers: hasManyServers.peek(),
          ageOf: (server) => {
            const silentMs = feed.hearings.peek().get(server)?.silentMs ?? null;
            return silentMs === null ? null : format.peek().duration(silentMs);
          },
        }),
      lost: () => [texts.peek().truth.unconnected, texts.peek().alerts.lost],
    },
  });

  return {
    ...router,
    feed,
    alerts,
    openLink: open,
    list,
    shown,
    serverIds,
    hasManyServers,
    cursor: signal<string | null>(null),
    totals: computed(() => fleetTotals(servers.value, feed.stale.value)),
    silences,
    truth: computed(() =>
      tellTruth(
        { servers: servers.value, list: list.value, troubles: troubles.value, silences: silences.value },
        feed.link.value,
      ),
    ),
    language,
    texts,
    format,
    theme,
    chooseLanguage: (lang) => {
      preferences.set('lang', lang);
      chosen.value = { ...chosen.value, lang };
      if (view.value.lang !== null) router.adjust({ lang: null });
    },
    chooseTheme: (next) => {
      preferences.set('theme', next);
      chosen.value = { ...chosen.value, theme: next };
      if (view.value.theme !== null) router.adjust({ theme: null });
    },
    now: ports.now,
    monotonicMs: ports.monotonicMs,
    url: ports.url,
    isEventsNoteHidden,
    hideEventsNote: () => {
      tabMemory.set(EVENTS_NOTE, 'hidden');
      isEventsNoteHidden.value = true;
    },
    watch: (stream) => {
      const link = feed.link.peek();
      const transport = link.state === 'open' ? link.transport : undefined;
      return watchStream(stream, { token, transport }, ports);
    },
    previews: () => fetchPreviews(ports.url, token, ports.fetch),
    hasToken: token !== undefined,
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

/** A signal that stays the same value for as long as the next is no different, so that nothing is drawn anew for it. */
function steady<T>(compute: () => T, isSame: (one: T, other: T) => boolean): ReadonlySignal<T> {
  let last: { readonly value: T } | undefined;
  return computed(() => {
    const value = compute();
    if (last === undefined || !isSame(last.value, value)) last = { value };
    return last.value;
  });
}
