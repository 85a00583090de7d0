import { AvailabilityFold, joinRuns, type RunPiece } from '@mediamtx-monitor/model';
import type { Feed, Reader } from '../feed/index.ts';
import { inSlices, knownNow, LATE_MS } from '../http/make-report.ts';
import type { StreamSelection } from './selection.ts';
import type { StatusEntry } from './status-file.ts';

/** So many entries of the window are looked at, all that is kept unless EVENTS_MAX is set higher; so many before it. */
const MAX_ENTRIES = 1_000_000;
const MAX_ENTRIES_BEFORE = 50_000;

/** How entries of status pages ran. */
export interface MadeHistory {
  /** When it was made (Unix time in ms): its end. */
  readonly atMs: number;
  readonly pieces: ReadonlyMap<StatusEntry, readonly RunPiece[]>;
}

/** There is more than is looked at. */
export class TooManyEventsError extends Error {
  constructor() {
    super(`more than ${MAX_ENTRIES} events were kept in 30 days; keep fewer (EVENTS_MAX)`);
    this.name = 'TooManyEventsError';
  }
}

/**
 * Makes of what is kept how entries ran, all of them in one reading.
 * @throws {TooManyEventsError|RedisAwayError|RedisRefusedError|BusyError}
 */
export function makeHistory(
  feed: Feed,
  entries: ReadonlyMap<StatusEntry, StreamSelection>,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  reader: Reader,
  monotonicMs: () => number,
): Promise<MadeHistory> {
  const selections = [...entries.values()];
  const isOf = ({ server, stream }: { readonly server: string; readonly stream?: string }): boolean =>
    stream === undefined || selections.some(({ selects }) => selects(server, stream));
  return feed.kept.withHistory(reader, async (read) => {
    const fold = new AvailabilityFold({ fromMs, toMs });
    const range = { from: `${fromMs}-0`, before: `${toMs + LATE_MS}-0` };
    const limits = { maxEntries: MAX_ENTRIES, maxEntriesBefore: MAX_ENTRIES_BEFORE };
    const { hasMore, keptSinceMs } = await read({ ...range, ...limits }, (event) => {
      if (isOf(event)) fold.add(event);
    });
    if (hasMore) throw new TooManyEventsError();
    const { streams, ...known } = knownNow(feed, feed.servers.all().ticks, toMs);
    const all = fold.runs({ ...known, keptSinceMs, streams: streams.filter(isOf) });
    const { made: runs } = await inSlices(all, (run) => run, monotonicMs, reader.signal);
    const join = ([entry, { selects }]: readonly [StatusEntry, StreamSelection]) => {
      const own = runs.filter(({ server, stream }) => selects(server, stream));
      const pieces = joinRuns(
        own.map((run) => run.pieces),
        fromMs,
        toMs,
      );
      return [entry, pieces] as const;
    };
    const { made } = await inSlices(entries, join, monotonicMs, reader.signal);
    return { atMs: toMs, pieces: new Map(made) };
  });
}
