import type { Age, LiveMonitor, MonitorOptions, Token } from '@mediamtx-monitor/client';
import type { AlertsMessage, HostsMessage, Silence, StreamsMessage } from '@mediamtx-monitor/types';
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { type After, ApiLink } from './api-link.ts';
import {
  EMPTY_FLEET,
  type FleetSnapshot,
  onlyReceived,
  type Updates,
  withoutHost,
  withoutServer,
  withUpdates,
} from './fleet.ts';
import { StreamHistory } from './history.ts';

/** What the feed needs of the browser. */
export interface FeedPorts {
  readonly connect: (options: MonitorOptions) => LiveMonitor;
  /** Where the API is; empty for the page's own origin. */
  readonly url: string;
  /** Runs something once, soon: what has come by then is shown with one picture. */
  readonly onNextPicture: (run: () => void) => void;
  /** Runs something each second. */
  readonly everySecond: (run: () => void) => void;
  readonly after: After;
  /** Milliseconds since some moment of the past, whatever the clock is set to. */
  readonly monotonicMs: () => number;
}

/** For how long nothing has been heard of a server, and what that says. Its data may be older: it may be unreadable. */
export interface SilenceAge {
  /** Since its newest message was made, in ms; `null` when that isn't known. */
  readonly silentMs: number | null;
  readonly level: Silence;
}

/**
 * Subscribes to the whole fleet: everything the API sends, as signals that change at most once a picture. What changes at
 * one time changes in one batch, since each is a message to the page.
 */
export class FleetFeed {
  readonly #fleet = signal(EMPTY_FLEET);
  readonly #isUnreadable = signal(false);
  readonly #stale = signal<ReadonlySet<string>>(new Set());
  readonly #ages = signal<ReadonlyMap<string, Age>>(new Map());
  readonly #silenceAges = signal<ReadonlyMap<string, SilenceAge>>(new Map());
  readonly #hostAges = signal<ReadonlyMap<string, Age>>(new Map());
  readonly fleet: ReadonlySignal<FleetSnapshot> = this.#fleet;
  /** Something came over this connection that this page doesn't understand. */
  readonly isUnreadable: ReadonlySignal<boolean> = this.#isUnreadable;
  /** Servers whose data is too old to be believed. */
  readonly stale: ReadonlySignal<ReadonlySet<string>> = this.#stale;
  /** Age of each server's data, measured with what comes, else each second. */
  readonly ages: ReadonlySignal<ReadonlyMap<string, Age>> = this.#ages;
  /** For how long nothing has been heard of each server, measured likewise. */
  readonly silenceAges: ReadonlySignal<ReadonlyMap<string, SilenceAge>> = this.#silenceAges;
  /** Age of each host's data, measured likewise. */
  readonly hostAges: ReadonlySignal<ReadonlyMap<string, Age>> = this.#hostAges;
  readonly #newestTold = signal<AlertsMessage | null>(null);
  readonly #isAlerterAtWork = signal(false);
  /** What the alerter told last; `null` while none is at work. */
  readonly told: ReadonlySignal<AlertsMessage | null> = computed(() =>
    this.#isAlerterAtWork.value ? this.#newestTold.value : null,
  );
  /** What was seen since the page was opened; changes with `fleet`. */
  readonly history = new StreamHistory();
  readonly #ports: FeedPorts;
  readonly #link: ApiLink;
  readonly #monitor: LiveMonitor;
  /** What came since the last picture. */
  #updates: Updates | undefined;
  /** In this second, with what came: another picture would show little else. */
  #isMeasured = false;
  /** What came since the connection was opened. */
  readonly #received = { servers: new Set<string>(), hosts: new Set<string>() };

  constructor(token: Token, ports: FeedPorts) {
    this.#ports = ports;
    this.#link = new ApiLink({
      after: ports.after,
      onSettled: () => {
        this.#forget();
      },
      mayBeSilent: () => this.#fleet.peek().servers.size === 0,
    });
    this.#monitor = this.#connect(token);
    ports.everySecond(() => {
      if (!this.#isMeasured) this.#measure();
      this.#isMeasured = false;
    });
  }

  get link(): ApiLink['state'] {
    return this.#link.state;
  }

  get isSettled(): ApiLink['isSettled'] {
    return this.#link.isSettled;
  }

  #connect(token: Token): LiveMonitor {
    const { connect, url, monotonicMs } = this.#ports;
    return connect({
      url,
      token,
      topics: ['streams', 'hosts', 'alerts'],
      // While replicas of the API are replaced, one of an earlier release may answer, which knows no alerts.
      optionalTopics: ['alerts'],
      onStreams: (message: StreamsMessage) => {
        this.history.add(message, monotonicMs());
        this.#received.servers.add(message.server);
        this.#soon().servers.set(message.server, message);
      },
      onHosts: (message: HostsMessage) => {
        this.#received.hosts.add(message.host);
        this.#soon().hosts.set(message.host, message);
      },
      onAlerts: (message) => {
        this.#newestTold.value = message;
      },
      onAlertsStatus: ({ stale }) => {
        this.#isAlerterAtWork.value = !stale;
      },
      onStatus: ({ server, gone }) => {
        batch(() => {
          if (gone === true) this.#dropServer(server);
          this.#measure();
        });
      },
      onHostStatus: ({ host, gone }) => {
        batch(() => {
          if (gone === true) this.#dropHost(host);
          this.#measure();
        });
      },
      onState: (state) => {
        if (state.state === 'open') {
          this.#received.servers.clear();
          this.#received.hosts.clear();
          this.#isUnreadable.value = false;
        }
        this.#link.update(state);
      },
      onError: ({ code }) => {
        if (code === 'bad-data') this.#isUnreadable.value = true;
      },
    });
  }

  #soon(): Updates {
    if (this.#updates === undefined) {
      this.#ports.onNextPicture(() => {
        this.#flush();
      });
    }
    this.#updates ??= { servers: new Map(), hosts: new Map() };
    return this.#updates;
  }

  #flush(): void {
    if (this.#updates === undefined) return;
    const next = withUpdates(this.#fleet.peek(), this.#updates);
    const { servers } = this.#received;
    this.#updates = undefined;
    batch(() => {
      this.#fleet.value = next;
      this.#measure();
      if (servers.size > 0 && [...next.servers.keys()].every((server) => servers.has(server))) {
        this.#link.complete();
      }
    });
  }

  #measure(): void {
    this.#isMeasured = true;
    const monitor = this.#monitor;
    const { servers, hosts } = this.#fleet.peek();
    batch(() => {
      this.#ages.value = mapKeys(servers, (server) => ({
        ageMs: monitor.ageMs(server),
        stale: monitor.isStale(server),
      }));
      this.#silenceAges.value = mapKeys(servers, (server) => ({
        silentMs: monitor.silentMs(server),
        level: monitor.silence(server),
      }));
      this.#hostAges.value = mapKeys(hosts, (host) => ({
        ageMs: monitor.hostAgeMs(host),
        stale: monitor.isHostStale(host),
      }));
      const nowStale = [...servers.keys()].filter((server) => monitor.isStale(server));
      const before = this.#stale.peek();
      if (nowStale.length !== before.size || !nowStale.every((server) => before.has(server))) {
        this.#stale.value = new Set(nowStale);
      }
    });
  }

  /** What doesn't come over a new connection isn't there any more; unless nothing comes at all. */
  #forget(): void {
    const { servers, hosts } = this.#received;
    if (servers.size + hosts.size === 0) return;
    this.history.keepOnly(servers);
    batch(() => {
      this.#fleet.value = onlyReceived(this.#fleet.peek(), this.#received);
      this.#measure();
    });
  }

  /** It's gone, and with it all that is shown of it. */
  #dropServer(server: string): void {
    this.#received.servers.delete(server);
    this.#updates?.servers.delete(server);
    this.history.forget(server);
    this.#fleet.value = withoutServer(this.#fleet.peek(), server);
  }

  #dropHost(host: string): void {
    this.#received.hosts.delete(host);
    this.#updates?.hosts.delete(host);
    this.#fleet.value = withoutHost(this.#fleet.peek(), host);
  }
}

function mapKeys<T>(map: ReadonlyMap<string, unknown>, valueOf: (key: string) => T): ReadonlyMap<string, T> {
  return new Map([...map.keys()].map((key) => [key, valueOf(key)]));
}
