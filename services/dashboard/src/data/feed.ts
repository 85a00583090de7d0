import type { Age, connectMonitor, Monitor, Token } from '@mediamtx-monitor/client';
import type { HostsMessage, Silence, StreamsMessage } from '@mediamtx-monitor/types';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import { type After, createLink, type Link } from './api-link.ts';
import {
  EMPTY_FLEET,
  type Fleet,
  type News,
  onlyTold,
  withNews,
  withoutHost,
  withoutServer,
} from './fleet.ts';
import { createHistory, type History } from './history.ts';

/** What the feed needs of the browser. */
export interface FeedPorts {
  readonly connect: typeof connectMonitor;
  /** Where the API is; empty for the page's own origin. */
  readonly url: string;
  /** Runs something once: with the next picture that is drawn, or soon where none is drawn. */
  readonly onNextFrame: (run: () => void) => void;
  /** Runs something each second until the returned function is called. */
  readonly everySecond: (run: () => void) => () => void;
  readonly after: After;
  /** Milliseconds since some moment of the past, whatever the clock is set to. */
  readonly monotonicMs: () => number;
}

/** For how long nothing has been heard of a server, and what that says. Its data may be older: it may be unreadable. */
export interface Hearing {
  /** Since its newest message was made, in ms; `null` when that isn't known. */
  readonly silentMs: number | null;
  readonly silence: Silence;
}

/** Everything the API tells, as signals that change at most once a frame. */
export interface Feed {
  readonly fleet: ReadonlySignal<Fleet>;
  readonly link: Link['state'];
  readonly isSettled: Link['isSettled'];
  /** Something came over this connection that this page doesn't understand. */
  readonly isUnreadable: ReadonlySignal<boolean>;
  /** Servers whose data is too old to be believed. */
  readonly stale: ReadonlySignal<ReadonlySet<string>>;
  /** Age of each server's data, measured each second. */
  readonly ages: ReadonlySignal<ReadonlyMap<string, Age>>;
  /** For how long nothing has been heard of each server, measured each second. */
  readonly hearings: ReadonlySignal<ReadonlyMap<string, Hearing>>;
  /** Age of each host's data, measured each second. */
  readonly hostAges: ReadonlySignal<ReadonlyMap<string, Age>>;
  /** What was seen since the page was opened; changes with `fleet`. */
  readonly history: History;
  readonly close: () => void;
}

/** Subscribes to the whole fleet. */
export function createFeed(token: Token, ports: FeedPorts): Feed {
  const fleet = signal(EMPTY_FLEET);
  const link = createLink({
    after: ports.after,
    onSettled: forget,
    mayBeSilent: () => fleet.peek().servers.size === 0,
  });
  const isUnreadable = signal(false);
  const stale = signal<ReadonlySet<string>>(new Set());
  const ages = signal<ReadonlyMap<string, Age>>(new Map());
  const hearings = signal<ReadonlyMap<string, Hearing>>(new Map());
  const hostAges = signal<ReadonlyMap<string, Age>>(new Map());
  const history = createHistory();
  let news: News | undefined;
  /** Since the connection was opened. */
  const told = { servers: new Set<string>(), hosts: new Set<string>() };

  function measure(): void {
    const { servers, hosts } = fleet.peek();
    ages.value = mapKeys(servers, (server) => ({
      ageMs: monitor.ageMs(server),
      stale: monitor.isStale(server),
    }));
    hearings.value = mapKeys(servers, (server) => ({
      silentMs: monitor.silentMs(server),
      silence: monitor.silence(server),
    }));
    hostAges.value = mapKeys(hosts, (host) => ({
      ageMs: monitor.hostAgeMs(host),
      stale: monitor.isHostStale(host),
    }));
    const nowStale = [...servers.keys()].filter((server) => monitor.isStale(server));
    const before = stale.peek();
    if (nowStale.length !== before.size || !nowStale.every((server) => before.has(server))) {
      stale.value = new Set(nowStale);
    }
  }

  function flush(): void {
    if (news === undefined) return;
    const next = withNews(fleet.peek(), news);
    news = undefined;
    batch(() => {
      fleet.value = next;
      measure();
      if (told.servers.size > 0 && [...next.servers.keys()].every((server) => told.servers.has(server))) {
        link.complete();
      }
    });
  }

  /** What isn't told over a new connection isn't there any more; unless nothing is told at all. */
  function forget(): void {
    if (told.servers.size + told.hosts.size === 0) return;
    fleet.value = onlyTold(fleet.peek(), told);
    history.keepOnly(told.servers);
    measure();
  }

  /** It's gone, and with it all that is shown of it. */
  function dropServer(server: string): void {
    told.servers.delete(server);
    news?.servers.delete(server);
    history.forget(server);
    fleet.value = withoutServer(fleet.peek(), server);
  }

  function dropHost(host: string): void {
    told.hosts.delete(host);
    news?.hosts.delete(host);
    fleet.value = withoutHost(fleet.peek(), host);
  }

  function soon(): News {
    if (news === undefined) ports.onNextFrame(flush);
    news ??= { servers: new Map(), hosts: new Map() };
    return news;
  }

  const monitor: Monitor = ports.connect({
    url: ports.url,
    token,
    topics: ['streams', 'hosts'],
    onStreams: (message: StreamsMessage) => {
      history.add(message, ports.monotonicMs());
      told.servers.add(message.server);
      soon().servers.set(message.server, message);
    },
    onHosts: (message: HostsMessage) => {
      told.hosts.add(message.host);
      soon().hosts.set(message.host, message);
    },
    onStatus: ({ server, gone }) => {
      if (gone === true) dropServer(server);
      measure();
    },
    onHostStatus: ({ host, gone }) => {
      if (gone === true) dropHost(host);
      measure();
    },
    onState: (state) => {
      if (state.state === 'open') {
        told.servers.clear();
        told.hosts.clear();
        isUnreadable.value = false;
      }
      link.hear(state);
    },
    onError: ({ code }) => {
      if (code === 'bad-data') isUnreadable.value = true;
    },
  });
  const stopClock = ports.everySecond(measure);

  return {
    fleet,
    link: link.state,
    isSettled: link.isSettled,
    isUnreadable,
    stale,
    ages,
    hearings,
    hostAges,
    history,
    close: () => {
      stopClock();
      monitor.close();
    },
  };
}

function mapKeys<T>(map: ReadonlyMap<string, unknown>, valueOf: (key: string) => T): ReadonlyMap<string, T> {
  return new Map([...map.keys()].map((key) => [key, valueOf(key)]));
}
