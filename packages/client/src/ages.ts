import type { MessageHead, StatusMessage } from '@mediamtx-monitor/types';
import { isNewer } from './newest.ts';
import type { Ports } from './ports.ts';

/** Data older than this many intervals is stale. */
const STALE_INTERVALS = 3;

/** How old a server's data is. */
export interface ServerAge {
  readonly server: string;
  /** Age of the data in whole ms; `null` when none was ever read, or nothing of this server has come. */
  readonly ageMs: number | null;
  /** Older than 3 × its interval, or unknown. */
  readonly stale: boolean;
}

/** What is known of a server. */
interface Entry {
  epoch: number;
  seq: number;
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
 * How old the data of each server is. A collector that died says nothing, so whoever shows data has to know; ages go
 * on while there is no connection.
 */
export interface Ages {
  /**
   * Takes a message in. The first over a connection may have been old when it came; the status after it tells. Later
   * ones were just made.
   * @returns the age, if its staleness has changed
   */
  readonly message: (head: MessageHead) => ServerAge | undefined;
  /** @returns the age, if its staleness has changed */
  readonly status: (status: StatusMessage) => ServerAge | undefined;
  /** What comes now comes over another connection. */
  readonly restart: () => void;
  /** Forgets all servers but one. */
  readonly keepOnly: (server: string) => void;
  readonly of: (server: string) => ServerAge;
  /** Tells nothing from now on. */
  readonly stop: () => void;
}

/** @param onStale is told when a server's data gets stale by the passing of time */
export function createAges(
  { timers, monotonicMs }: Pick<Ports, 'timers' | 'monotonicMs'>,
  onStale: (age: ServerAge) => void,
): Ages {
  const entries = new Map<string, Entry>();

  function entryOf(server: string): Entry {
    const entry = entries.get(server) ?? {
      epoch: -1,
      seq: -1,
      intervalMs: undefined,
      ageMs: null,
      atMs: 0,
      isLive: false,
      toldStale: true,
      passedOn: undefined,
      timer: undefined,
    };
    entries.set(server, entry);
    return entry;
  }

  function of(server: string): ServerAge {
    const entry = entries.get(server);
    if (entry === undefined || entry.ageMs === null) return { server, ageMs: null, stale: true };
    const ageMs = entry.ageMs + monotonicMs() - entry.atMs;
    const stale =
      entry.intervalMs === undefined ? entry.toldStale : ageMs > STALE_INTERVALS * entry.intervalMs;
    return { server, ageMs: Math.round(ageMs), stale };
  }

  /** Sets the age as it is now, and has the moment watched at which it gets stale. */
  function measured(server: string, entry: Entry, ageMs: number | null): void {
    entry.ageMs = ageMs;
    entry.atMs = monotonicMs();
    watch(server, entry);
  }

  function watch(server: string, entry: Entry): void {
    timers.clearTimeout(entry.timer);
    const { ageMs, stale } = of(server);
    if (ageMs === null || stale || entry.intervalMs === undefined) return;
    entry.timer = timers.setTimeout(
      () => {
        // Timers may run a little early, so the clock decides.
        watch(server, entry);
        const changed = of(server).stale ? change(server, entry) : undefined;
        if (changed !== undefined) onStale(changed);
      },
      STALE_INTERVALS * entry.intervalMs - ageMs + 1,
    );
  }

  function change(server: string, entry: Entry): ServerAge | undefined {
    const age = of(server);
    if (age.stale === entry.passedOn) return undefined;
    entry.passedOn = age.stale;
    return age;
  }

  return {
    message: (head) => {
      const { server, epoch, seq, intervalMs } = head;
      const entry = entryOf(server);
      const wasLive = entry.isLive;
      entry.isLive = true;
      if (!isNewer(head, entry)) return undefined;
      entry.epoch = epoch;
      entry.seq = seq;
      entry.intervalMs = intervalMs;
      measured(server, entry, ageWhenMade(head));
      return wasLive ? change(server, entry) : undefined;
    },
    status: ({ server, ageMs, stale }) => {
      const entry = entryOf(server);
      entry.toldStale = stale;
      measured(server, entry, ageMs);
      return change(server, entry);
    },
    restart: () => {
      for (const entry of entries.values()) entry.isLive = false;
    },
    keepOnly: (server) => {
      for (const [name, { timer }] of entries) {
        if (name === server) continue;
        timers.clearTimeout(timer);
        entries.delete(name);
      }
    },
    of,
    stop: () => {
      for (const { timer } of entries.values()) timers.clearTimeout(timer);
    },
  };
}

/** Age of the data when its message was made, in ms; `null` when none was ever read. */
function ageWhenMade({ collectedAt, publishedAt }: MessageHead): number | null {
  return collectedAt === null ? null : Math.max(0, Date.parse(publishedAt) - Date.parse(collectedAt));
}
