import {
  type Age,
  ageWhenPublishedMs,
  isStale,
  type Silence,
  silenceOf,
  staleAfterMs,
  type StatusMessage,
  subjectOf,
  Succession,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { Ports } from './ports.ts';

/** Is told the age of the data about a server or host. */
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
 * How old the data of each server is, or of each host. Who published it and died says nothing, so whoever shows data
 * has to know; ages go on while there is no connection.
 */
export interface Ages {
  /**
   * Takes a message in. The first over a connection may have been old when it came; the status after it tells. Later
   * ones were just made.
   * @returns the age, if its staleness has changed
   */
  readonly message: (head: TopicHead) => Age | undefined;
  /** @returns the age, if its staleness has changed */
  readonly status: (status: StatusMessage) => Age | undefined;
  /** What comes now comes over another connection. */
  readonly restart: () => void;
  /** Forgets a server or host. */
  readonly forget: (subject: string) => void;
  /** Forgets all the others. */
  readonly keepOnly: (isKept: (subject: string) => boolean) => void;
  readonly of: (subject: string) => Age;
  /**
   * Time since the newest message was made, in whole ms: for so long at least nothing is heard of it. Its data may be
   * older: messages come of a server that can't be read, too. `null` when none has come.
   */
  readonly silentMs: (subject: string) => number | null;
  /** What that says. */
  readonly silence: (subject: string) => Silence;
  /** Tells nothing from now on. */
  readonly stop: () => void;
}

/** @param onStale is told when data gets stale by the passing of time */
export function createAges(
  { timers, monotonicMs }: Pick<Ports, 'timers' | 'monotonicMs'>,
  onStale: AgeListener,
): Ages {
  const entries = new Map<string, SubjectEntry>();

  function entryOf(subject: string): SubjectEntry {
    const entry = entries.get(subject) ?? {
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
    entries.set(subject, entry);
    return entry;
  }

  function of(subject: string): Age {
    const entry = entries.get(subject);
    if (entry === undefined || entry.ageMs === null) return { ageMs: null, stale: true };
    const ageMs = entry.ageMs + monotonicMs() - entry.atMs;
    const stale = entry.intervalMs === undefined ? entry.reportedStale : isStale(ageMs, entry.intervalMs);
    return { ageMs: Math.round(ageMs), stale };
  }

  function silentMs(entry: SubjectEntry | undefined): number | null {
    return entry === undefined || entry.silentMs === null
      ? null
      : entry.silentMs + monotonicMs() - entry.atMs;
  }

  function silence(subject: string): Silence {
    const entry = entries.get(subject);
    const ms = silentMs(entry);
    const { intervalMs, reportedStale = true } = entry ?? {};
    return silenceOf(ms, ms === null || intervalMs === undefined ? reportedStale : isStale(ms, intervalMs));
  }

  /** Sets age and silence as they are now, and has the moment watched at which the data gets stale. */
  function measured(
    subject: string,
    entry: SubjectEntry,
    ageMs: number | null,
    silentMs: number | null,
  ): void {
    entry.ageMs = ageMs;
    entry.silentMs = silentMs;
    entry.atMs = monotonicMs();
    watch(subject, entry);
  }

  function watch(subject: string, entry: SubjectEntry): void {
    timers.clearTimeout(entry.timer);
    const { ageMs, stale } = of(subject);
    if (ageMs === null || stale || entry.intervalMs === undefined) return;
    entry.timer = timers.setTimeout(
      () => {
        // Timers may run a little early, so the clock decides.
        watch(subject, entry);
        const changed = of(subject).stale ? change(subject, entry) : undefined;
        if (changed !== undefined) onStale(subject, changed);
      },
      staleAfterMs(entry.intervalMs) - ageMs + 1,
    );
  }

  function change(subject: string, entry: SubjectEntry): Age | undefined {
    const age = of(subject);
    if (age.stale === entry.passedOn) return undefined;
    entry.passedOn = age.stale;
    return age;
  }

  function forget(subject: string): void {
    timers.clearTimeout(entries.get(subject)?.timer);
    entries.delete(subject);
  }

  return {
    message: (head) => {
      const subject = subjectOf(head);
      const entry = entryOf(subject);
      const wasLive = entry.isLive;
      entry.isLive = true;
      if (!entry.succession.takes(head, monotonicMs())) return undefined;
      entry.intervalMs = head.intervalMs;
      entry.madeMs = ageWhenPublishedMs(head);
      measured(subject, entry, entry.madeMs, 0);
      return wasLive ? change(subject, entry) : undefined;
    },
    status: (status) => {
      const subject = subjectOf(status);
      const entry = entryOf(subject);
      entry.reportedStale = status.stale;
      const { madeMs } = entry;
      const isKnown = status.ageMs !== null && madeMs !== null;
      measured(subject, entry, status.ageMs, isKnown ? Math.max(0, status.ageMs - madeMs) : silentMs(entry));
      return change(subject, entry);
    },
    restart: () => {
      for (const entry of entries.values()) entry.isLive = false;
    },
    forget,
    keepOnly: (isKept) => {
      for (const subject of entries.keys()) if (!isKept(subject)) forget(subject);
    },
    of,
    silentMs: (subject) => {
      const ms = silentMs(entries.get(subject));
      return ms === null ? null : Math.round(ms);
    },
    silence,
    stop: () => {
      for (const { timer } of entries.values()) timers.clearTimeout(timer);
    },
  };
}
