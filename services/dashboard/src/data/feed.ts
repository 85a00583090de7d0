import type { LiveMonitor, MonitorOptions, Token } from '@mediamtx-monitor/client';
import type { AlertsMessage, HostsMessage, StreamsMessage, Topic } from '@mediamtx-monitor/types';
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals-core';
import { type After, ApiLink } from './api-link.ts';
import { ChosenStreams } from './chosen-streams.ts';
import {
  EMPTY_FLEET,
  type FleetSnapshot,
  headOf,
  onlyReceived,
  onlyStreamsOf,
  type Updates,
  withoutHost,
  withoutServer,
  withUpdates,
} from './fleet.ts';
import { FleetAges } from './fleet-ages.ts';
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

/** More servers are a large fleet: streams are followed only of those that are looked at. */
export const MANY_SERVERS = 8;
/** Heads of a large fleet come all the time; what has come within so many ms is shown with one picture. */
const LARGE_PICTURE_MS = 500;
/** By then an API that knows heads of servers has told some, where there are any. */
const HEADS_MS = 3_000;

/** `heads`: those of all servers alone, as at first, and in a large fleet; `all`: everything there is. */
type FollowedScope = 'heads' | 'all';
const TOPICS: Readonly<Record<FollowedScope, readonly Topic[]>> = {
  heads: ['servers', 'hosts', 'alerts'],
  all: ['streams', 'hosts', 'alerts'],
};

/**
 * Follows the fleet, as signals that change at most once a picture: of a few servers everything the API sends, of a large
 * fleet all heads, and the streams of those servers that are looked at. What changes at one time changes in one batch,
 * since each is a message to the page.
 */
export class FleetFeed {
  readonly #fleet = signal(EMPTY_FLEET);
  readonly #isUnreadable = signal(false);
  readonly #isLarge = signal(false);
  readonly #ages = new FleetAges();
  readonly fleet: ReadonlySignal<FleetSnapshot> = this.#fleet;
  /** Something came over this connection that this page doesn't understand. */
  readonly isUnreadable: ReadonlySignal<boolean> = this.#isUnreadable;
  /** Whether there are so many servers that streams are followed only of some. */
  readonly isLarge: ReadonlySignal<boolean> = this.#isLarge;
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
  readonly #chosen: ChosenStreams;
  #scope: FollowedScope = 'heads';
  /** The servers whose streams are looked at, where that isn't all. */
  #followed: readonly string[] = [];
  /** No head has come of an API that may not know them: what has streams tells of servers, too. */
  #hasNoHeads = false;
  /** When the next picture is. */
  #due: 'soon' | 'later' | undefined;
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
    this.#chosen = new ChosenStreams({
      ...ports,
      token,
      transport: () => {
        const link = this.link.peek();
        return link.state === 'open' ? link.transport : undefined;
      },
      onStreams: (message) => {
        this.#takeStreams(message);
      },
      onUnreadable: () => {
        this.#isUnreadable.value = true;
      },
    });
    ports.everySecond(() => {
      if (!this.#isMeasured) this.#measure();
      this.#isMeasured = false;
    });
  }

  /** How old what is known is. */
  get measured(): Pick<FleetAges, 'stale' | 'staleStreams' | 'ages' | 'silenceAges' | 'hostAges'> {
    return this.#ages;
  }

  get link(): ApiLink['state'] {
    return this.#link.state;
  }

  get isSettled(): ApiLink['isSettled'] {
    return this.#link.isSettled;
  }

  /** Has the streams of these servers followed, and of no others, where there are so many that not all are. */
  follow(servers: readonly string[]): void {
    this.#followed = servers;
    if (this.#isLarge.peek()) this.#followChosen();
  }

  #connect(token: Token): LiveMonitor {
    const { connect, url } = this.#ports;
    return connect({
      url,
      token,
      topics: TOPICS[this.#scope],
      // While replicas of the API are replaced, one of an earlier release may answer, which knows neither.
      optionalTopics: ['servers', 'alerts'],
      onServers: (message) => {
        this.#received.servers.add(message.server);
        this.#soon(true).servers.set(message.server, headOf(message));
      },
      onStreams: (message) => {
        this.#received.servers.add(message.server);
        this.#takeStreams(message);
        this.#soon(false).servers.set(message.server, headOf(message));
      },
      onHosts: (message: HostsMessage) => {
        this.#received.hosts.add(message.host);
        this.#soon(true).hosts.set(message.host, message);
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
          // All heads that are known come before any status.
          this.#chooseScope();
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
          this.#expectHeads();
        }
        this.#link.update(state);
      },
      onError: ({ code }) => {
        if (code === 'bad-data') this.#isUnreadable.value = true;
      },
    });
  }

  /** @param mayWait it is one of very many in a large fleet */
  #soon(mayWait: boolean): Updates {
    const { after, onNextPicture } = this.#ports;
    this.#updates ??= { servers: new Map(), messages: new Map(), hosts: new Map() };
    const due = mayWait && this.#isLarge.peek() ? 'later' : 'soon';
    if (this.#due === 'soon' || this.#due === due) return this.#updates;
    this.#due = due;
    const flush = (): void => {
      this.#flush();
    };
    if (due === 'later') after(LARGE_PICTURE_MS, flush);
    else onNextPicture(flush);
    return this.#updates;
  }

  #flush(): void {
    this.#due = undefined;
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

  #takeStreams(message: StreamsMessage): void {
    this.history.add(message, this.#ports.monotonicMs());
    const isFirst = !this.#fleet.peek().messages.has(message.server);
    this.#soon(!isFirst).messages.set(message.server, message);
  }

  /** An API of an earlier release knows no heads by themselves: then all streams are followed, which have them, too. */
  #expectHeads(): void {
    this.#hasNoHeads = false;
    if (this.#scope === 'all') return;
    this.#ports.after(HEADS_MS, () => {
      if (this.#received.servers.size > 0 || this.#scope === 'all') return;
      this.#hasNoHeads = true;
      this.#chooseScope();
    });
  }

  /** Streams are followed of all servers where these are few. */
  #chooseScope(): void {
    const servers = new Set([...this.#fleet.peek().servers.keys(), ...(this.#updates?.servers.keys() ?? [])]);
    const isLarge = !this.#hasNoHeads && servers.size > MANY_SERVERS;
    const scope = isLarge || (servers.size === 0 && !this.#hasNoHeads) ? 'heads' : 'all';
    if (scope !== this.#scope) {
      this.#scope = scope;
      this.#monitor.subscribe({ topics: TOPICS[scope] });
    }
    if (isLarge === this.#isLarge.peek()) return;
    this.#isLarge.value = isLarge;
    if (isLarge) this.#followChosen();
    else this.#chosen.follow([]);
  }

  #followChosen(): void {
    const followed = new Set(this.#followed);
    this.#chosen.follow(this.#followed);
    for (const server of this.#updates?.messages.keys() ?? []) {
      if (!followed.has(server)) this.#updates?.messages.delete(server);
    }
    this.history.keepOnly(followed);
    this.#fleet.value = onlyStreamsOf(this.#fleet.peek(), followed);
  }

  #measure(): void {
    this.#isMeasured = true;
    this.#ages.measure(
      this.#monitor,
      this.#fleet.peek(),
      (server) => this.#isLarge.peek() && this.#chosen.isStale(server),
    );
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
    this.#updates?.messages.delete(server);
    this.history.forget(server);
    this.#fleet.value = withoutServer(this.#fleet.peek(), server);
  }

  #dropHost(host: string): void {
    this.#received.hosts.delete(host);
    this.#updates?.hosts.delete(host);
    this.#fleet.value = withoutHost(this.#fleet.peek(), host);
  }
}
