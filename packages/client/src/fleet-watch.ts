import {
  type Age,
  type EventsMessage,
  type EventsTrimmedMessage,
  isLaterEvent,
  kindOf,
  type Silence,
  type StatusMessage,
  SUBJECT_KINDS,
  type SubjectKind,
  subjectOf,
  type SubscribeMessage,
  type NewestTopic,
} from '@mediamtx-monitor/types';
import { Ages } from './ages.ts';
import type { MonitorState } from './connection-failure.ts';
import { PersistentLink, type PersistentLinkOptions } from './link.ts';
import type { MonitorListeners, ReportedAge } from './listeners.ts';
import { parseMessage, type TopicMessage, type TopicMessages } from './messages.ts';
import { Newest } from './newest.ts';
import { isAbout, isWanted } from './subscription.ts';

export interface FleetWatchOptions extends Omit<PersistentLinkOptions, 'onState' | 'onData'> {
  readonly listeners: MonitorListeners;
}

/** What is known of all that is subscribed to; tells the listeners what is new. */
export class FleetWatch {
  readonly #options: FleetWatchOptions;
  readonly #newest: Newest;
  readonly #ages: Readonly<Record<SubjectKind, Ages>>;
  readonly #link: PersistentLink;
  /** Of the last event that was told. */
  #eventId: string | undefined;

  constructor(options: FleetWatchOptions) {
    const { ports } = options;
    this.#options = options;
    this.#newest = new Newest(ports.monotonicMs);
    this.#ages = {
      server: this.#agesOf('server'),
      host: this.#agesOf('host'),
      fleet: this.#agesOf('fleet'),
    };
    this.#link = new PersistentLink({
      ...options,
      onState: (state) => {
        this.#onState(state);
      },
      onData: (data) => {
        this.#onData(data);
      },
    });
  }

  get state(): MonitorState {
    return this.#link.state;
  }

  start(): void {
    this.#link.start();
  }

  /** Takes the place of what was subscribed to. */
  subscribe(wanted: SubscribeMessage): void {
    this.#link.subscribe(wanted);
    this.#eventId = undefined;
    this.#newest.clear();
    // Which servers have some labels isn't known here: they are told of at once.
    const mayGoOn = (kind: SubjectKind): boolean => kind !== 'server' || wanted.label === undefined;
    for (const kind of SUBJECT_KINDS) {
      this.#ages[kind].keepOnly((subject) => mayGoOn(kind) && isAbout(wanted, kind, subject));
    }
  }

  latest<T extends NewestTopic>(topic: T, subject: string): TopicMessages[T] | undefined {
    return this.#newest.get(topic, subject);
  }

  age(kind: SubjectKind, subject: string): Age {
    return this.#ages[kind].of(subject);
  }

  silentMs(server: string): number | null {
    return this.#ages.server.silentMs(server);
  }

  silence(server: string): Silence {
    return this.#ages.server.silence(server);
  }

  /** For ever. */
  close(): void {
    for (const kind of SUBJECT_KINDS) this.#ages[kind].stop();
    this.#link.close();
  }

  #agesOf(kind: SubjectKind): Ages {
    return new Ages(this.#options.ports, (subject, age) => {
      this.#notifyAge(kind, subject, age);
    });
  }

  #onState(state: MonitorState): void {
    if (state.state === 'connecting') for (const kind of SUBJECT_KINDS) this.#ages[kind].restart();
    this.#notify(this.#options.listeners.onState, state);
  }

  #onData(data: unknown): void {
    const { onError } = this.#options.listeners;
    const message = parseMessage(data);
    if (message === undefined) return;
    if (message.type === 'unreadable') this.#notify(onError, { code: 'bad-data', reason: message.reason });
    else if (message.type === 'error') {
      this.#notify(onError, { code: message.code, reason: message.detail });
    } else if (message.type === 'events') this.#onEvents(message);
    else if (message.type === 'events.trimmed') this.#onTrimmed(message);
    else if (message.type === 'cursor') {
      this.#link.delivered();
      this.#link.moveTo(message.cursor);
    } else if (isWanted(this.#link.subscription, message)) {
      if (message.type === 'status') this.#onStatus(message);
      else this.#onTopic(message);
    }
  }

  /** One that comes again, since a connection was lost as it came, is passed over. */
  #onEvents({ events }: EventsMessage): void {
    this.#link.delivered();
    for (const event of events) {
      if (!(this.#link.subscription.topics ?? []).includes('events')) return;
      if (this.#eventId !== undefined && !isLaterEvent(event.id, this.#eventId)) continue;
      this.#eventId = event.id;
      this.#link.moveTo(`events:${event.id}`);
      this.#notify(this.#options.listeners.onEvent, event);
    }
  }

  #onTrimmed({ after, until }: EventsTrimmedMessage): void {
    this.#eventId = until;
    this.#link.moveTo(`events:${until}`);
    this.#notify(this.#options.listeners.onEventsTrimmed, { after, until });
  }

  #onStatus(status: StatusMessage): void {
    const kind = kindOf(status);
    const subject = subjectOf(status);
    if (status.gone !== true) {
      this.#notifyAge(kind, subject, this.#ages[kind].status(status));
      return;
    }
    this.#newest.forget(kind, subject);
    this.#ages[kind].forget(subject);
    this.#notifyAge(kind, subject, { ageMs: status.ageMs, stale: true, gone: true });
  }

  #onTopic(message: TopicMessage): void {
    this.#link.delivered(message.intervalMs);
    if (!this.#newest.offer(message)) return;
    const { onStreams, onServers, onConnections, onHosts, onAlerts } = this.#options.listeners;
    const kind = kindOf(message);
    const age = this.#ages[kind].message(message);
    if (message.type === 'streams') this.#notify(onStreams, message);
    else if (message.type === 'servers') this.#notify(onServers, message);
    else if (message.type === 'connections') this.#notify(onConnections, message);
    else if (message.type === 'hosts') this.#notify(onHosts, message);
    else this.#notify(onAlerts, message);
    this.#notifyAge(kind, subjectOf(message), age);
  }

  #notifyAge(kind: SubjectKind, subject: string, age: ReportedAge | undefined): void {
    if (age === undefined || this.state.state === 'closed') return;
    const { onStatus, onHostStatus, onAlertsStatus } = this.#options.listeners;
    if (kind === 'host') this.#notify(onHostStatus, { host: subject, ...age });
    else if (kind === 'server') this.#notify(onStatus, { server: subject, ...age });
    else this.#notify(onAlertsStatus, age);
  }

  #notify<T>(listener: ((update: T) => void) | undefined, update: T): void {
    try {
      listener?.(update);
    } catch (error) {
      this.#options.ports.report(error);
    }
  }
}
