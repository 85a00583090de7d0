import { joinRuns, type RunPiece, type StreamCourse } from '@mediamtx-monitor/model';
import type { Feed, Reader } from '../feed/index.ts';
import { foldKept, inSlices, knownNow } from '../http/make-report.ts';
import type { Membership } from './membership.ts';

/** So many entries of the window are looked at: all that is kept unless EVENTS_MAX is set higher. */
const MAX_ENTRIES = 1_000_000;

/** How what status pages select ran. */
export interface MadeHistory {
  /** When it was made (Unix time in ms): its end. */
  readonly atMs: number;
  /** By key of the selection. */
  readonly pieces: ReadonlyMap<string, readonly RunPiece[]>;
}

/** There is more than is looked at. */
export class TooManyEventsError extends Error {
  constructor() {
    super(`more than ${MAX_ENTRIES} events were kept in 30 days; keep fewer (EVENTS_MAX)`);
    this.name = 'TooManyEventsError';
  }
}

/**
 * Makes of what is kept how selections ran, all of them in one reading.
 * @throws {TooManyEventsError|RedisAwayError|RedisRefusedError|BusyError}
 */
export function makeHistory(
  feed: Feed,
  members: Membership,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  reader: Reader,
  monotonicMs: () => number,
): Promise<MadeHistory> {
  const isOf = ({ server, stream }: { readonly server: string; readonly stream?: string }): boolean =>
    stream === undefined || members.of(server, stream).length > 0;
  return feed.kept.withHistory(reader, async (read) => {
    const { fold, hasMore, keptSinceMs } = await foldKept(read, { fromMs, toMs }, isOf, MAX_ENTRIES);
    if (hasMore) throw new TooManyEventsError();
    await feed.servers.current('streams', { isChosen: (server) => members.concern(server) });
    const { streams, ...known } = knownNow(feed, feed.servers.all().ticks, toMs);
    const { signal } = reader;
    const wanted = await inSlices(streams, (each) => (isOf(each) ? [each] : []), monotonicMs, signal);
    const all = fold.runs({ ...known, keptSinceMs, streams: wanted.made.flat() });
    const runs = new Map<string, (readonly RunPiece[])[]>(members.keys.map((key) => [key, []]));
    const sort = ({ server, stream, pieces }: StreamCourse): void => {
      for (const key of members.of(server, stream)) runs.get(key)?.push(pieces);
    };
    await inSlices(all, sort, monotonicMs, signal);
    const join = ([key, own]: readonly [string, readonly (readonly RunPiece[])[]]) =>
      [key, joinRuns(own, fromMs, toMs)] as const;
    const { made } = await inSlices(runs, join, monotonicMs, signal);
    return { atMs: toMs, pieces: new Map(made) };
  });
}
