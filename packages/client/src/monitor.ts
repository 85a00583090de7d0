import type { NewestTopic, Silence, Topic } from '@mediamtx-monitor/types';
import type { Token } from './admission.ts';
import type { MonitorState, Transport } from './connection-failure.ts';
import { MonitorError } from './errors.ts';
import { FleetWatch } from './fleet-watch.ts';
import type { MonitorListeners } from './listeners.ts';
import type { TopicMessages } from './messages.ts';
import { apiOf, type MonitorApi } from './monitor-api.ts';
import { pageOrigin, portsOf } from './platform.ts';
import type { Ports } from './ports.ts';
import { subscribeMessage, type Subscription } from './subscription.ts';
import { baseUrl } from './url.ts';

/** What to connect to, what for, and who hears of it. */
export interface MonitorOptions extends Subscription, MonitorListeners, Partial<Ports> {
  /** Where the API is (`https://host:port`, perhaps with a path); empty for the page's own origin. */
  readonly url: string;
  /** Only where the API wants one. It is sent in a header only; the socket's URL gets a ticket. */
  readonly token?: Token;
  /** What to try first: `websocket` unless it is known that none gets through. */
  readonly transport?: Transport | undefined;
  /**
   * Those of the topics that are done without where the API doesn't know them, as one of an earlier release: until the
   * next connection, which comes within a minute.
   */
  readonly optionalTopics?: readonly Topic[];
}

/** A subscription that keeps itself alive. */
export interface LiveMonitor {
  readonly state: MonitorState;
  /**
   * Takes the place of what was subscribed to; the newest messages come at once. A message of before may still come
   * first.
   * @throws {MonitorError} `invalid-subscription`
   */
  readonly subscribe: (subscription: Subscription) => void;
  /** The newest message about a server or host (of alerts: about `alerts`), as long as what is subscribed to is the same. */
  readonly latest: <T extends NewestTopic>(topic: T, subject: string) => TopicMessages[T] | undefined;
  /** Age of a server's data in ms; `null` when none was ever read, nothing of the server has come, or it is gone. */
  readonly ageMs: (server: string) => number | null;
  /** Whether that is more than 3 of its intervals, or unknown. */
  readonly isStale: (server: string) => boolean;
  /**
   * Time since the newest message about a server was made, in ms: for so long at least nothing is heard of it. Its data
   * may be older, as messages come of a server that can't be read, too. `null` when none has come.
   */
  readonly silentMs: (server: string) => number | null;
  /** What that says, also of the server's reasons (`serverReasons` of the types). */
  readonly silence: (server: string) => Silence;
  /** As `ageMs`, of a host. */
  readonly hostAgeMs: (host: string) => number | null;
  /** As `isStale`, of a host. */
  readonly isHostStale: (host: string) => boolean;
  /** For ever; tells nothing but the state from now on. */
  readonly close: () => void;
}

/** The same, and what else the API is asked. */
export type Monitor = LiveMonitor & MonitorApi;

/**
 * Subscribes to the API and stays subscribed. The first state is told after this has returned.
 * @throws {MonitorError} when an option can't be right or the platform lacks something
 */
export function connectMonitor(options: MonitorOptions): Monitor {
  const base = baseUrl(options.url, pageOrigin());
  const subscription = subscribeMessage(options);
  const ports = portsOf(options);
  const { token, transport = 'websocket', optionalTopics = [] } = options;
  if ((token !== undefined || transport === 'sse') && ports.fetch === undefined) {
    throw new MonitorError('no-fetch', 'No fetch here, which a token and events need: pass one as fetch');
  }
  const fleet = new FleetWatch({
    ...{ base, token, transport, subscription, optionalTopics, ports },
    listeners: options,
  });
  // Later, so that a listener may use what is returned here.
  void Promise.resolve().then(() => {
    fleet.start();
  });
  return {
    get state() {
      return fleet.state;
    },
    subscribe: (next) => {
      fleet.subscribe(subscribeMessage(next));
    },
    latest: (topic, subject) => fleet.latest(topic, subject),
    ageMs: (server) => fleet.age('server', server).ageMs,
    isStale: (server) => fleet.age('server', server).stale,
    silentMs: (server) => fleet.silentMs(server),
    silence: (server) => fleet.silence(server),
    hostAgeMs: (host) => fleet.age('host', host).ageMs,
    isHostStale: (host) => fleet.age('host', host).stale,
    ...apiOf({ base, token, ports }),
    close: () => {
      fleet.close();
    },
  };
}
