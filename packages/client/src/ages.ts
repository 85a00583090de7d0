import {
  type Age,
  ageWhenPublishedMs,
  collectedAtOf,
  isStale,
  type ServersMessage,
  type Silence,
  silenceOf,
  staleAfterMs,
  type StatusMessage,
  subjectOf,
  Succession,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { Ports, Timers } from './ports.ts';

/** Is told the age of the data about a subject: a server, a host, or what is about all of them. */
export type AgeListener = (subject: string, age: Age) => void;

/** What is known of a server or host. */
interface SubjectEntry {
  readonly succession: Succession;
  /** `undefined` until a message has told it. */
  intervalMs: number | undefined;
  /** Age of the data when the newest message was made. */
  madeMs: number | null;
  /** Age at `atMs` of the monotonic clock. */
  ageMs: number | null;
  /** Time since the newest message was made, at `atMs`; `null` until one came. */
  silentMs: number | null;
  atMs: number;
  /** A message has come over this connection: from now on they come when they are made. */
  isLive: boolean;
  /** Staleness as the API last told it. */
  reportedStale: boolean;
  /** Staleness as last passed on. */
  passedOn: boolean | undefined;
  timer: unknown;
}

/**
 * How old the data of each server is, or of each host, or of what is about all of them. Who published it and died says nothing, so whoever shows data
 * has to know; ages go on while there is no connection.
 */
export class Ages {
  readonly #timers: Timers;
  readonly #monotonicMs: () => number;
  readonly #onStale: AgeListener;
  readonly #entries = new Map<string, SubjectEntry>();

  /** @param onStale is told when data gets stale by the passing of time */
  constructor({ timers, monotonicMs }: Pick<Ports, 'timers' | 'monotonicMs'>, onStale: AgeListener) {
    this.#timers = timers;
    this.#monotonicMs = monotonicMs;
    this.#onStale = onStale;
  }

  /**
   * Takes a message in. The first over a connection may have been old when it came; the status after it tells. Later
   * ones were just made.
   * @returns the age, if its staleness has changed
   */
  message(head: TopicHead | ServersMessage): Age | undefined {
    const subject = subjectOf(head);
    const entry = this.#entryOf(subject);
    const wasLive = entry.isLive;
    entry.isLive = true;
    if (!entry.succession.takes(head, this.#monotonicMs())) return undefined;
    entry.intervalMs = head.intervalMs;
    entry.madeMs = ageWhenPublishedMs({ collectedAt: collectedAtOf(head), publishedAt: head.publishedAt });
    this.#measured(subject, entry, entry.madeMs, 0);
    return wasLive ? this.#change(subject, entry) : undefined;
  }

  /** @returns the age, if its staleness has changed */
  status(status: StatusMessage): Age | undefined {
    const subject = subjectOf(status);
    const entry = this.#entryOf(subject);
    entry.reportedStale = status.stale;
    const { madeMs } = entry;
    const isKnown = status.ageMs !== null && madeMs !== null;
    const silentMs = isKnown ? Math.max(0, status.ageMs - madeMs) : this.#silentMsOf(entry);
    this.#measured(subject, entry, status.ageMs, silentMs);
    return this.#change(subject, entry);
  }

  /** What comes now comes over another connection. */
  restart(): void {
    for (const entry of this.#entries.values()) entry.isLive = false;
  }

  /** Forgets a server or host. */
  forget(subject: string): void {
    this.#timers.clearTimeout(this.#entries.get(subject)?.timer);
    this.#entries.delete(subject);
  }

  /** Forgets all the others. */
  keepOnly(isKept: (subject: string) => boolean): void {
    for (const subject of this.#entries.keys()) if (!isKept(subject)) this.forget(subject);
  }

  of(subject: string): Age {
    const entry = this.#entries.get(subject);
    if (entry === undefined || entry.ageMs === null) return { ageMs: null, stale: true };
    const ageMs = entry.ageMs + this.#monotonicMs() - entry.atMs;
    const stale = entry.intervalMs === undefined ? entry.reportedStale : isStale(ageMs, entry.intervalMs);
    return { ageMs: Math.round(ageMs), stale };
  }

  /**
   * Time since the newest message was made, in whole ms: for so long at least nothing is heard of it. Its data may be
   * older: messages come of a server that can't be read, too. `null` when none has come.
   */
  silentMs(subject: string): number | null {
    const ms = this.#silentMsOf(this.#entries.get(subject));
    return ms === null ? null : Math.round(ms);
  }

  /** What that says. */
  silence(subject: string): Silence {
    const entry = this.#entries.get(subject);
    const ms = this.#silentMsOf(entry);
    const { intervalMs, reportedStale = true } = entry ?? {};
    return silenceOf(ms, ms === null || intervalMs === undefined ? reportedStale : isStale(ms, intervalMs));
  }

  /** Tells nothing from now on. */
  stop(): void {
    for (const { timer } of this.#entries.values()) this.#timers.clearTimeout(timer);
  }

  #entryOf(subject: string): SubjectEntry {
    const entry = this.#entries.get(subject) ?? {
      succession: new Succession(),
      intervalMs: undefined,
      madeMs: null,
      ageMs: null,
      silentMs: null,
      atMs: 0,
      isLive: false,
      reportedStale: true,
      passedOn: undefined,
      timer: undefined,
    };
    this.#entries.set(subject, entry);
    return entry;
  }

  #silentMsOf(entry: SubjectEntry | undefined): number | null {
    return entry === undefined || entry.silentMs === null
      ? null
      : entry.silentMs + this.#monotonicMs() - entry.atMs;
  }

  /** Sets age and silence as they are now, and has the moment watched at which the data gets stale. */
  #measured(subject: string, entry: SubjectEntry, ageMs: number | null, silentMs: number | null): void {
    entry.ageMs = ageMs;
    entry.silentMs = silentMs;
    entry.atMs = this.#monotonicMs();
    this.#watch(subject, entry);
  }

  #watch(subject: string, entry: SubjectEntry): void {
    this.#timers.clearTimeout(entry.timer);
    const { ageMs, stale } = this.of(subject);
    if (ageMs === null || stale || entry.intervalMs === undefined) return;
    entry.timer = this.#timers.setTimeout(
      () => {
        // Timers may run a little early, so the clock decides.
        this.#watch(subject, entry);
        const changed = this.of(subject).stale ? this.#change(subject, entry) : undefined;
        if (changed !== undefined) this.#onStale(subject, changed);
      },
      staleAfterMs(entry.intervalMs) - ageMs + 1,
    );
  }

  #change(subject: string, entry: SubjectEntry): Age | undefined {
    const age = this.of(subject);
    if (age.stale === entry.passedOn) return undefined;
    entry.passedOn = age.stale;
    return age;
  }
}
