import { monitorApi } from '@mediamtx-monitor/client';
import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AlertSink } from './data/alert-sink.ts';
import type { After } from './data/api-link.ts';
import { Bell } from './data/bell.ts';
import { Favourites } from './data/favourites.ts';
import { KeptToken } from './data/kept-token.ts';
import { LinkedToken, tokenInFragment } from './data/linked-token.ts';
import { fetchPreviews } from './data/previews.ts';
import { Router, type RouterPorts } from './data/router.ts';
import type { Preferences } from './data/storage.ts';
import { isPinnedWall, type ViewState } from './data/view.ts';
import { notificationText, textContextOf } from './i18n/fleet-text.ts';
import { LANGUAGE_CODES } from './i18n/languages.ts';
import { labelValues } from './model/labels.ts';
import { Notifier } from './model/notifier.ts';
import { attentionCount } from './model/summary.ts';
import { Appearance } from './ui/appearance.ts';
import type { Dashboard, FleetWants } from './ui/context.ts';
import { TableColumns } from './ui/table-columns.ts';
import { Viewport } from './ui/viewport.ts';
import {
  type ListShown,
  NOTHING_SHOWN,
  type PageMessage,
  type Shown,
  type ShownChanges,
  type Wanted,
  type WorkerMessage,
} from './worker/exchange.ts';
import { withKnownRows } from './worker/list-window.ts';
import { Mirror, sendChanges, type SignalsOf, steady } from './worker/mirror.ts';

/** Everything of the browser that the page needs. */
export interface DashboardPorts extends RouterPorts {
  readonly location: Pick<Location, 'search' | 'hash'>;
  /** Where the page is, and the API below it. */
  readonly url: string;
  /** Starts what the page gets everything from. Returns how to say something to it. */
  readonly startWorker: (take: (message: WorkerMessage) => void) => (message: PageMessage) => void;
  /** Kept on this machine. */
  readonly preferences: Preferences;
  /** Kept until the tab is closed. */
  readonly tabMemory: Preferences;
  readonly languages: readonly string[];
  /** Unix time in ms. */
  readonly now: () => number;
  /** Milliseconds since some moment of the past, whatever the clock is set to. */
  readonly monotonicMs: () => number;
  readonly after: After;
  readonly reload: () => void;
  readonly fetch: typeof fetch;
  readonly alertSink: AlertSink;
  /** Shows how many need attention at the icon of an installed page; `null`: nobody knows. */
  readonly showBadge: (count: number | null) => void;
  /** Calls when the page is looked at again, and when the network is back. */
  readonly onWake: (run: () => void) => void;
}

/** Makes the parts of the page and wires them: what the worker sends, and how it is said. */
export function createDashboard(ports: DashboardPorts): Dashboard {
  const linkedNow = takeFromAddress(ports);
  const favourites = new Favourites(ports.preferences);
  const router = new Router(ports, LANGUAGE_CODES);
  const kept = new KeptToken(ports.tabMemory, ports.preferences);
  const linked = linkedToken(ports, kept, router);
  linked.take(linkedNow);
  const tableColumns = new TableColumns(router, ports.preferences);
  const appearance = new Appearance(router, ports.preferences, ports.languages);
  const mirror = new Mirror<Shown>(NOTHING_SHOWN);
  const shown = mirror.signals;
  const hasManyServers = computed(() => shown.servers.value.size > 1);
  const notifier = notifierOf(ports, shown, hasManyServers, appearance);
  const hasToken = kept.token !== undefined;
  effect(() => {
    const link = shown.link.value;
    if (link.state !== 'refused' || link.code !== 'unauthorized') return;
    kept.forgetRefused();
    if (linked.takeOver()) ports.reload();
  });
  const badge = computed(() => attentionCount(shown.summary.value));
  effect(() => {
    ports.showBadge(badge.value);
  });

  const send = ports.startWorker((message) => {
    if (message.type === 'alerts') notifier.alert(message.alerts);
    else mirror.take(withRows(shown.list.peek(), message.changes));
  });
  send({ type: 'start', url: ports.url, token: kept.token });
  const viewport = new Viewport(shown.list);
  const bell = new Bell(ports.preferences);
  const fleetWants: FleetWants = { found: signal(null), worst: signal([]) };
  sendChanges<Wanted>({ ...wantedOf(router, viewport, favourites, bell), ...fleetWants }, (changes) => {
    send({ type: 'wants', changes });
  });
  ports.onWake(() => {
    send({ type: 'wake' });
  });

  // A text is the same as long as it reads the same, which a list isn't.
  const serverKeys = computed(() => [...shown.servers.value.keys()].join(','));
  return {
    view: router.view,
    go: router.go,
    adjust: router.adjust,
    href: router.href,
    openLink: router.open,
    language: appearance.language,
    theme: appearance.theme,
    texts: appearance.texts,
    isReady: appearance.isReady,
    allTexts: appearance.allTexts,
    wantAllTexts: appearance.wantAllTexts,
    format: appearance.format,
    chooseLanguage: appearance.chooseLanguage,
    chooseTheme: appearance.chooseTheme,
    shown,
    viewport,
    ribbons: signal(new Map()),
    serverIds: computed(() => serverKeys.value.split(',').filter(Boolean)),
    labels: steady(() => labelValues(shown.servers.value.values(), router.view.value.label), readAlike),
    hasManyServers,
    fleetWants,
    notifier,
    favourites,
    tableColumns,
    bell,
    now: ports.now,
    monotonicMs: ports.monotonicMs,
    url: ports.url,
    ...eventsNote(ports.tabMemory),
    api: monitorApi({ url: ports.url, token: kept.token, fetch: ports.fetch }),
    previews: () => fetchPreviews(ports.url, kept.token, ports.fetch),
    hasToken,
    linkedToken: linked,
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

/** The token that the address brings, which goes from it at once, and from the history; empty where it brings none. */
function takeFromAddress({ location, history }: DashboardPorts): string {
  const token = tokenInFragment(location.hash);
  if (token !== null) history.replaceState(null, '', location.search || '?');
  return token ?? '';
}

/** A tab in which a link with a token is opened begins anew where that is signed in with. */
function linkedToken(ports: DashboardPorts, kept: KeptToken, { view }: Router): LinkedToken {
  const { url, fetch, reload } = ports;
  const linked = new LinkedToken({
    kept,
    isScreen: () => view.peek().kiosk || view.peek().view === 'wall',
    tryToken: (token) => monitorApi({ url, token, fetch }).me(),
    reload,
  });
  ports.onPopState(() => {
    if (linked.take(takeFromAddress(ports))) reload();
  });
  return linked;
}

/** Rows that are there already stay what they are, so that they aren't drawn anew. */
function withRows(known: ListShown, { list, ...changes }: ShownChanges): Partial<Shown> {
  return list === undefined ? changes : { ...changes, list: withKnownRows(known, list) };
}

/** What the worker is asked for: all of it follows from the view, and from where in it people look. */
function wantedOf(
  { view }: Router,
  viewport: Viewport,
  { keys }: Favourites,
  bell: Bell,
): SignalsOf<Omit<Wanted, keyof FleetWants>> {
  return {
    selection: steady(() => selectionOf(view.value), readAlike),
    favourites: computed(() => [...keys.value]),
    part: viewport.part,
    sparkLength: viewport.sparkLength,
    cursor: viewport.wantedCursor,
    stream: steady(() => view.value.stream, readAlike),
    viewers: viewport.viewers,
    seenAlert: bell.seen,
    board: bell.isOpen,
  };
}

function selectionOf(looked: ViewState): Wanted['selection'] {
  const { stream, view, sort, grouping, kiosk } = looked;
  if (stream !== null || !LISTS.has(view)) return null;
  const { q, state, health, server, label, protocol, favourites, pins } = looked;
  return {
    filter: { q, state, health, server, label, protocol, favourites, pins },
    sort: isPinnedWall(looked) ? null : sort,
    // A wall of tiles has none, and a screen that nobody touches has the worst of all first.
    grouping: view !== 'wall' && !kiosk ? grouping : null,
    isScreen: view === 'wall' || kiosk,
  };
}

const LISTS: ReadonlySet<ViewState['view']> = new Set(['streams', 'cards', 'wall']);

function readAlike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function notifierOf(
  { alertSink, preferences, after }: DashboardPorts,
  { link, silenceAges }: SignalsOf<Shown>,
  hasManyServers: ReadonlySignal<boolean>,
  { texts, format }: Appearance,
): Notifier {
  return new Notifier({
    sink: alertSink,
    preferences,
    after,
    isConnected: computed(() => link.value.state === 'open'),
    text: {
      alerts: (alerts) =>
        notificationText(
          alerts,
          textContextOf(texts.peek(), format.peek(), hasManyServers.peek(), () => silenceAges.peek()),
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
