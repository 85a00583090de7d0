import type { Duplex } from 'node:stream';
import {
  isEventTopic,
  isSnapshotTopic,
  isSubscribed,
  kindOf,
  type StatusMessage,
  SUBJECT_KINDS,
  subjectOf,
} from '@mediamtx-monitor/types';
import type { Feed, FeedUpdate } from '../feed/index.ts';
import type { Guard } from '../http/guard.ts';
import { choiceOf } from '../http/server-choice.ts';
import { type FilteredView, Message } from '../tick/index.ts';
import { ChosenServers } from './chosen-servers.ts';
import { EventCursors } from './event-cursors.ts';
import { filterOf, type LiveFilter } from './filter.ts';
import { isOfServer, keyOf, type LiveItem, type Outgoing, type Traffic } from './outgoing.ts';

export interface SubscriptionOptions {
  readonly feed: Feed;
  readonly guard: Guard;
  /** The client's connection. */
  readonly socket: Duplex;
  readonly outgoing: Outgoing;
  readonly traffic: Traffic;
}

/** After so many events it is a snapshot's turn where one waits. */
const MAX_EVENTS_IN_A_ROW = 16;

/** So often a client is told how far it is, in ms, where nothing else tells it. */
const TELL_MS = 10_000;

/** What is still to be sent. */
interface Pending {
  readonly newest: LiveItem;
  /** Made when it can be taken. */
  message?: Message | null;
}

/**
 * What one client wants, and what of it is still to be sent. Of a topic's snapshots that is the newest of each server or
 * host, so a slow client falls behind by a tick at most; of events all, from where it is in their log. So it costs no
 * memory, however slow it is.
 */
export class ClientSubscription {
  readonly #feed: Feed;
  readonly #guard: Guard;
  readonly #socket: Duplex;
  readonly #outgoing: Outgoing;
  readonly #traffic: Traffic;
  readonly #pending = new Map<string, Pending>();
  readonly #statuses = new Map<string, StatusMessage>();
  /** Of snapshots. */
  #filter = filterOf({ topics: [] });
  /** There when it chose servers by labels. */
  #servers: ChosenServers | undefined;
  /** There when it wants some streams only. */
  #view: FilteredView | undefined;
  /** There when it wants events. */
  #events: EventCursors | undefined;
  #eventsInARow = 0;
  /** There while what it begins with is still read. */
  #beginning: object | undefined;
  /** Where it is in topics of events, as the client was told last; and when it may be told again. */
  #toldCursor: string | undefined;
  #tellAtMs = 0;
  #unsubscribe: (() => void) | undefined;
  #release: (() => void) | undefined;

  constructor({ feed, guard, socket, outgoing, traffic }: SubscriptionOptions) {
    this.#feed = feed;
    this.#guard = guard;
    this.#socket = socket;
    this.#outgoing = outgoing;
    this.#traffic = traffic;
  }

  /** Sends all that is known now, and from here on what this filter lets through. What nobody wanted yet is read first. */
  begin(filter: LiveFilter): void {
    const feed = this.#feed;
    const view = filter.stream === undefined ? undefined : feed.filters.view(filter.stream);
    const topics = filter.topics.filter((topic) => !isEventTopic(topic));
    const choice = choiceOf(feed, filter);
    const release = feed.hold(topics, choice);
    this.#clear();
    this.#release = release;
    this.#filter = { ...filter, topics };
    this.#servers = filter.label === undefined ? undefined : new ChosenServers(feed, filter);
    this.#view = view;
    if (topics.length < filter.topics.length) this.#beginEvents(filter);
    this.#unsubscribe ??= feed.subscribe(this.#receive);
    if (!feed.lacks(topics, choice)) {
      this.#sendKnown();
      return;
    }
    const beginning = (this.#beginning = {});
    this.flush();
    void feed.update(topics, choice).then(() => {
      this.#guard.run(this.#socket, () => {
        if (this.#beginning === beginning) this.#sendKnown();
      });
    });
  }

  /** The client has gone. */
  end(): void {
    this.#clear();
    this.#filter = filterOf({ topics: [] });
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
  }

  /** Sends as much as can be taken now: events, then ticks, and then how old these are. */
  flush(): void {
    const outgoing = this.#outgoing;
    outgoing.goOn();
    this.#sendEvents();
    for (const [key, pending] of this.#pending) {
      if (!outgoing.isFree) return;
      if (!this.#send(pending)) continue;
      this.#pending.delete(key);
      this.#eventsInARow = 0;
      this.#sendEvents();
    }
    if (this.#pending.size > 0) return;
    for (const [key, status] of this.#statuses) {
      if (!outgoing.isFree) return;
      this.#statuses.delete(key);
      outgoing.send(new Message({ type: status.type, parts: [Buffer.from(JSON.stringify(status))] }));
    }
    this.#sendEvents();
  }

  #sendKnown(): void {
    const feed = this.#feed;
    this.#beginning = undefined;
    for (const topic of this.#filter.topics) {
      if (isEventTopic(topic)) continue;
      for (const newest of isSnapshotTopic(topic) ? feed.ticks(topic) : feed.serverHeads) {
        if (!this.#wants(newest)) continue;
        this.#pending.set(keyOf(newest), { newest });
        if (isOfServer(newest)) this.#servers?.note(newest.subject);
      }
    }
    for (const kind of SUBJECT_KINDS) {
      for (const status of feed.statuses(kind)) this.#remember(status);
    }
    this.flush();
  }

  /** To be called again and again, with the monotonic time in ms. */
  sweep(nowMs: number): void {
    this.flush();
    if (nowMs < this.#tellAtMs || !this.#outgoing.isFree) return;
    this.#tellAtMs = nowMs + TELL_MS;
    this.#tellCursor();
  }

  /** Comes for each tick, so it is guarded here, and the guard learns only what went wrong. */
  readonly #receive = (update: FeedUpdate): void => {
    try {
      this.#take(update);
    } catch (error) {
      this.#guard.fail(this.#socket, error);
    }
  };

  #take(update: FeedUpdate): void {
    // What is known then is sent as soon as it has been read.
    if (this.#beginning !== undefined && update.kind !== 'events') return;
    if (update.kind === 'tick' || update.kind === 'head') {
      this.#takeNewest(update.kind === 'tick' ? update.tick : update.head);
      return;
    }
    if (update.kind === 'status') this.#remember(update.status);
    this.flush();
  }

  #takeNewest(newest: LiveItem): void {
    if (isOfServer(newest) && this.#filter.topics.includes(newest.topic)) this.#noteServer(newest.subject);
    if (!this.#wants(newest)) return;
    // Most have nothing left to take: for them there is nothing to remember.
    const isNext = this.#isIdle && this.#outgoing.isFree;
    const pending = { newest };
    if (isNext && this.#send(pending)) return;
    const key = keyOf(newest);
    if (this.#pending.has(key)) this.#traffic.skip();
    this.#pending.set(key, pending);
    if (!isNext) this.flush();
  }

  /** Who chose by labels is told how old the data of a server is that has them now, and to forget one that hasn't any more. */
  #noteServer(server: string): void {
    const change = this.#servers?.note(server);
    if (change === undefined) return;
    const status = this.#feed.statuses('server').find((each) => subjectOf(each) === server);
    if (status === undefined) return;
    if (change === 'in') {
      this.#remember(status);
      return;
    }
    for (const [key, { newest }] of this.#pending) {
      if (isOfServer(newest) && newest.subject === server) this.#pending.delete(key);
    }
    this.#statuses.set(`server ${server}`, { ...status, gone: true });
    this.flush();
  }

  /** Whether the tick needs no more attention: a bare array is no message. */
  #send(pending: Pending): boolean {
    const { newest } = pending;
    const message = (pending.message ??=
      this.#view === undefined || newest.topic === 'servers'
        ? newest.message
        : this.#view.messageFor(newest));
    if (message === null) return true;
    const isWaiting = (): boolean => this.#pending.get(keyOf(newest)) === pending;
    return this.#outgoing.send(message, { isWaiting, onDone: this.#onMore }, this.#events?.text);
  }

  readonly #onMore = (): void => {
    this.#guard.run(this.#socket, () => {
      this.flush();
    });
  };

  #beginEvents(filter: LiveFilter): void {
    const [feed, view] = [this.#feed, this.#view];
    const matches = (stream: string): boolean => view === undefined || view.matches(stream);
    this.#events = new EventCursors({ feed, filter, matches, text: filter.cursor, onMore: this.#onMore });
    this.#toldCursor = undefined;
    this.#tellCursor();
  }

  /** They go first: they may not be lost, and are small. */
  #sendEvents(): void {
    const events = this.#events;
    if (events === undefined) return;
    while (this.#outgoing.isFree && this.#isEventsTurn) {
      const message = events.next();
      if (message === undefined) {
        // Where it begins may not have been known when it came.
        if (this.#toldCursor === undefined) this.#tellCursor();
        return;
      }
      this.#eventsInARow += 1;
      const { text } = events;
      this.#outgoing.send(message, undefined, text);
      if (message.id === text) this.#toldCursor = text;
    }
  }

  /** The client may be further than its last event says: by those that it has no use for. */
  #tellCursor(): void {
    const text = this.#events?.text;
    if (text === undefined || text === this.#toldCursor) return;
    if (this.#outgoing.mark(text)) this.#toldCursor = text;
  }

  get #isEventsTurn(): boolean {
    return (
      this.#eventsInARow < MAX_EVENTS_IN_A_ROW || (this.#pending.size === 0 && this.#statuses.size === 0)
    );
  }

  get #isIdle(): boolean {
    return this.#pending.size === 0 && this.#statuses.size === 0 && this.#events?.isDone !== false;
  }

  #wants(newest: LiveItem): boolean {
    const { topics, servers } = this.#filter;
    if (!topics.includes(newest.topic)) return false;
    if (!isOfServer(newest)) return true;
    return this.#servers?.wants(newest.subject) ?? servers?.includes(newest.subject) !== false;
  }

  #remember(status: StatusMessage): void {
    const [kind, subject] = [kindOf(status), subjectOf(status)];
    const { topics, servers } = this.#filter;
    if (!isSubscribed({ topics, server: servers }, kind, subject)) return;
    if (kind === 'server' && this.#servers?.wants(subject) === false) return;
    this.#statuses.set(`${kind} ${subject}`, status);
  }

  #clear(): void {
    this.#release?.();
    this.#release = undefined;
    this.#beginning = undefined;
    this.#view?.end();
    this.#pending.clear();
    this.#statuses.clear();
    this.#events = undefined;
  }
}
