import {
  type Age,
  kindOf,
  type Silence,
  type StatusMessage,
  type SubjectKind,
  subjectOf,
  type Topic,
} from '@mediamtx-monitor/types';
import type { Token } from './admission.ts';
import { createAges } from './ages.ts';
import { MonitorError } from './errors.ts';
import { createLink } from './link.ts';
import { parseMessage, type TopicMessage, type TopicMessages } from './messages.ts';
import { createNewest } from './newest.ts';
import { pageOrigin, portsOf } from './platform.ts';
import type { Ports } from './ports.ts';
import { isAbout, isWanted, subscribeMessage, type Subscription } from './subscription.ts';
import type { ConnectionFailure, MonitorState, Transport } from './connection-failure.ts';
import { baseUrl } from './url.ts';

const KINDS: readonly SubjectKind[] = ['server', 'host'];

interface ReportedAge extends Age {
  /** There only when nothing new has come of it for a day, or it was forgotten: it isn't part of the fleet any more. */
  readonly gone?: true;
}

/** How old a server's data is. */
export interface ServerAge extends ReportedAge {
  readonly server: string;
}

/** How old a host's data is. */
export interface HostAge extends ReportedAge {
  readonly host: string;
}

/** What a program wants to hear. What a listener throws is reported as uncaught and disturbs nothing. */
export interface MonitorListeners {
  /** Each message of topic `streams`. The same tick may come again, with what is subscribed to then. */
  readonly onStreams?: (message: TopicMessages['streams']) => void;
  /** Each message of topic `connections`. */
  readonly onConnections?: (message: TopicMessages['connections']) => void;
  /** Each message of topic `hosts`. */
  readonly onHosts?: (message: TopicMessages['hosts']) => void;
  /** When the staleness of a server is first known, at each change, and when it is gone; also without a connection. */
  readonly onStatus?: (age: ServerAge) => void;
  /** The same of a host, as long as topic `hosts` is subscribed to. */
  readonly onHostStatus?: (age: HostAge) => void;
  readonly onState?: (state: MonitorState) => void;
  /** The API sent an error message, or something that can't be read. What it leads to is told by `onState`. */
  readonly onError?: (failure: ConnectionFailure) => void;
}

/** What to connect to, what for, and who hears of it. */
export interface MonitorOptions extends Subscription, MonitorListeners, Partial<Ports> {
  /** Where the API is (`https://host:port`, perhaps with a path); empty for the page's own origin. */
  readonly url: string;
  /** Only where the API wants one. It is sent in a header only; the socket's URL gets a ticket. */
  readonly token?: Token;
  /** What to try first: `websocket` unless it is known that none gets through. */
  readonly transport?: Transport | undefined;
}

/** A subscription that keeps itself alive. */
export interface Monitor {
  readonly state: MonitorState;
  /**
   * Takes the place of what was subscribed to; the newest messages come at once. A message of before may still come
   * first.
   * @throws {MonitorError} `invalid-subscription`
   */
  readonly subscribe: (subscription: Subscription) => void;
  /** The newest message about a server or host, as long as what is subscribed to is the same. */
  readonly latest: <T extends Topic>(topic: T, subject: string) => TopicMessages[T] | undefined;
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

/**
 * Subscribes to the API and stays subscribed. The first state is told after this has returned.
 * @throws {MonitorError} when an option can't be right or the platform lacks something
 */
export function connectMonitor(options: MonitorOptions): Monitor {
  const base = baseUrl(options.url, pageOrigin());
  const subscription = subscribeMessage(options);
  const ports = portsOf(options);
  const { token, transport = 'websocket' } = options;
  if ((token !== undefined || transport === 'sse') && ports.fetch === undefined) {
    throw new MonitorError('no-fetch', 'No fetch here, which a token and events need: pass one as fetch');
  }
  const newest = createNewest(ports.monotonicMs);
  const ages = {
    server: createAges(ports, (server, age) => {
      notifyAge('server', server, age);
    }),
    host: createAges(ports, (host, age) => {
      notifyAge('host', host, age);
    }),
  };
  const link = createLink({ base, token, transport, subscription, ports, onState, onData });

  function notify<T>(listener: ((update: T) => void) | undefined, update: T): void {
    try {
      listener?.(update);
    } catch (error) {
      ports.report(error);
    }
  }

  function notifyAge(kind: SubjectKind, subject: string, age: ReportedAge | undefined): void {
    if (age === undefined || link.state().state === 'closed') return;
    if (kind === 'host') notify(options.onHostStatus, { host: subject, ...age });
    else notify(options.onStatus, { server: subject, ...age });
  }

  function onState(state: MonitorState): void {
    if (state.state === 'connecting') for (const kind of KINDS) ages[kind].restart();
    notify(options.onState, state);
  }

  function onData(data: unknown): void {
    const message = parseMessage(data);
    if (message === undefined) return;
    if (message.type === 'unreadable') notify(options.onError, { code: 'bad-data', reason: message.reason });
    else if (message.type === 'error') {
      notify(options.onError, { code: message.code, reason: message.detail });
    } else if (isWanted(link.subscription(), message)) {
      if (message.type === 'status') onStatus(message);
      else onTopic(message);
    }
  }

  function onStatus(status: StatusMessage): void {
    const kind = kindOf(status);
    const subject = subjectOf(status);
    if (status.gone !== true) {
      notifyAge(kind, subject, ages[kind].status(status));
      return;
    }
    newest.forget(kind, subject);
    ages[kind].forget(subject);
    notifyAge(kind, subject, { ageMs: status.ageMs, stale: true, gone: true });
  }

  function onTopic(message: TopicMessage): void {
    link.delivered(message.intervalMs);
    if (!newest.offer(message)) return;
    const kind = kindOf(message);
    const age = ages[kind].message(message);
    if (message.type === 'streams') notify(options.onStreams, message);
    else if (message.type === 'connections') notify(options.onConnections, message);
    else notify(options.onHosts, message);
    notifyAge(kind, subjectOf(message), age);
  }

  // Later, so that a listener may use what is returned here.
  void Promise.resolve().then(link.start);

  return {
    get state() {
      return link.state();
    },
    subscribe: (next) => {
      const wanted = subscribeMessage(next);
      link.subscribe(wanted);
      newest.clear();
      for (const kind of KINDS) ages[kind].keepOnly((subject) => isAbout(wanted, kind, subject));
    },
    latest: newest.get,
    ageMs: (server) => ages.server.of(server).ageMs,
    isStale: (server) => ages.server.of(server).stale,
    silentMs: ages.server.silentMs,
    silence: ages.server.silence,
    hostAgeMs: (host) => ages.host.of(host).ageMs,
    isHostStale: (host) => ages.host.of(host).stale,
    close: () => {
      for (const kind of KINDS) ages[kind].stop();
      link.close();
    },
  };
}
