import {
  STALE_INTERVALS,
  type StatusMessage,
  subjectOf,
  Succession,
  type TopicHead,
} from '@mediamtx-monitor/types';
import type { Ports } from './ports.ts';

/** How old data is. */
export interface Age {
  /** Age of the data in whole ms; `null` when none was ever read, or nothing has come. */
  readonly ageMs: number | null;
  /** Older than 3 × its interval, or unknown. */
  readonly stale: boolean;
}

/** Is told the age of the data about a server or host. */
export type AgeListener = (subject: string, age: Age) => void;

/** What is known of a server or host. */
interface Entry {
  readonly succession: Succession;
  /** `undefined` until a message has told it. */
  intervalMs: number | undefined;
  /** Age at `atMs` of the monotonic clock. */
  ageMs: number | null;
  atMs: number;
  /** A message has come over this connection: from now on they come when they are made. */
  isLive: boolean;
  /** Staleness as the API last told it. */
  toldStale: boolean;
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
  /** Tells nothing from now on. */
  readonly stop: () => void;
}

/** @param onStale is told when data gets stale by the passing of time */
export function createAges(
  { timers, monotonicMs }: Pick<Ports, 'timers' | 'monotonicMs'>,
  onStale: AgeListener,
): Ages {
  const entries = new Map<string, Entry>();

  function entryOf(subject: string): Entry {
    const entry = entries.get(subject) ?? {
      succession: new Succession(),
      intervalMs: undefined,
      ageMs: null,
      atMs: 0,
      isLive: false,
      toldStale: true,
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
    const stale =
      entry.intervalMs === undefined ? entry.toldStale : ageMs > STALE_INTERVALS * entry.intervalMs;
    return { ageMs: Math.round(ageMs), stale };
  }

  /** Sets the age as it is now, and has the moment watched at which it gets stale. */
  function measured(subject: string, entry: Entry, ageMs: number | null): void {
    entry.ageMs = ageMs;
    entry.atMs = monotonicMs();
    watch(subject, entry);
  }

  function watch(subject: string, entry: Entry): void {
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
      STALE_INTERVALS * entry.intervalMs - ageMs + 1,
    );
  }

  function change(subject: string, entry: Entry): Age | undefined {
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
      measured(subject, entry, ageWhenMade(head));
      return wasLive ? change(subject, entry) : undefined;
    },
    status: (status) => {
      const subject = subjectOf(status);
      const entry = entryOf(subject);
      entry.toldStale = status.stale;
      measured(subject, entry, status.ageMs);
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
    stop: () => {
      for (const { timer } of entries.values()) timers.clearTimeout(timer);
    },
  };
}

/** Age of the data when its message was made, in ms; `null` when none was ever read. */
function ageWhenMade({ collectedAt, publishedAt }: TopicHead): number | null {
  return collectedAt === null ? null : Math.max(0, Date.parse(publishedAt) - Date.parse(collectedAt));
}
