import { setImmediate as breath } from 'node:timers/promises';
import { AvailabilityFold, type KnownNow, type StreamNow } from '@mediamtx-monitor/model';
import { streamGlob } from '@mediamtx-monitor/runtime';
import { type MonitorEvent, STREAM_STATES, type StreamAvailability } from '@mediamtx-monitor/types';
import { type Feed, type Reader, type ReadHistory, SLICE_MS } from '../feed/index.ts';
import { RefusedError } from './refusal.ts';
import type { MadeReport, RouteContext } from './route.ts';
import type { IsChosen } from './server-choice.ts';
import { recordsOf } from './servers.ts';
import type { TextForm } from './tabular.ts';
import type { RecordFields, Tick } from '../tick/index.ts';

/** So many entries of the window are looked at. */
const MAX_ENTRIES = 200_000;
/** So many before it, by which it is known how it began. */
const MAX_ENTRIES_BEFORE = 50_000;
/** Events are written down late when the durable Redis is away. */
const LATE_MS = 86_400_000;

/** What a report is of. Times are Unix times in ms. */
export interface ReportQuestion {
  readonly fromMs: number;
  readonly toMs: number;
  /** One that is named. */
  readonly server: string | undefined;
  /** Only these servers. */
  readonly isChosen: IsChosen;
  /** Glob: only streams whose name matches. */
  readonly stream: string | undefined;
}

/**
 * Makes a report in a turn of its own: what happened is folded as it is read, and each stream is put into text by itself.
 * @throws {RefusedError} `window-too-large`
 * @throws {RedisAwayError|RedisRefusedError|BusyError}
 */
export function makeReport(
  { feed, nowMs, monotonicMs }: Pick<RouteContext, 'feed' | 'nowMs' | 'monotonicMs'>,
  { fromMs, toMs, server, isChosen, stream }: ReportQuestion,
  { rowText, whole }: TextForm<StreamAvailability>,
  reader: Reader,
): Promise<MadeReport> {
  const matches = stream === undefined ? () => true : streamGlob(stream);
  let tellsOfServer = server === undefined;
  const isOf = (event: { readonly server: string; readonly stream?: string }): boolean => {
    if (event.server === server) tellsOfServer = true;
    if (!isChosen(event.server)) return false;
    return event.stream === undefined || matches(event.stream);
  };
  return feed.kept.withHistory(reader, async (read) => {
    const { fold, hasMore, keptSinceMs } = await foldKept(read, { fromMs, toMs }, isOf, MAX_ENTRIES);
    if (hasMore) throw tooLarge(`holds more than ${MAX_ENTRIES} events`);
    await feed.servers.current('streams', { isChosen });
    const known = knownNow(feed, feed.servers.all().ticks, nowMs());
    const { items, ...window } = fold.report({ ...known, keptSinceMs, streams: known.streams.filter(isOf) });
    const { made: texts, workMs } = await inSlices(items, rowText, monotonicMs, reader.signal);
    const madeMs = monotonicMs();
    const body = whole(texts, window);
    reader.spent(workMs + monotonicMs() - madeMs);
    return { body, tellsOfServer };
  });
}

/** Folds what is kept of a window and is wanted. @param maxEntries so many entries of it are looked at */
export async function foldKept(
  read: ReadHistory,
  { fromMs, toMs }: Pick<ReportQuestion, 'fromMs' | 'toMs'>,
  isOf: (event: MonitorEvent) => boolean,
  maxEntries: number,
): Promise<{
  readonly fold: AvailabilityFold;
  readonly hasMore: boolean;
  readonly keptSinceMs: KnownNow['keptSinceMs'];
}> {
  const fold = new AvailabilityFold({ fromMs, toMs });
  const range = { from: `${fromMs}-0`, before: `${toMs + LATE_MS}-0` };
  const limits = { maxEntries, maxEntriesBefore: MAX_ENTRIES_BEFORE };
  const { hasMore, keptSinceMs } = await read({ ...range, ...limits }, (event) => {
    if (isOf(event)) fold.add(event);
  });
  return { fold, hasMore, keptSinceMs };
}

/** Has items made and turned into something, with turns for everything else in between; and how long that took, in ms. */
export async function inSlices<Item, Made>(
  toMake: Iterable<Item>,
  make: (item: Item) => Made,
  monotonicMs: () => number,
  signal: AbortSignal,
): Promise<{ readonly made: readonly Made[]; readonly workMs: number }> {
  const made: Made[] = [];
  let workMs = 0;
  let startMs = monotonicMs();
  for (const item of toMake) {
    made.push(make(item));
    const sliceMs = monotonicMs() - startMs;
    if (sliceMs < SLICE_MS) continue;
    workMs += sliceMs;
    await breath();
    signal.throwIfAborted();
    startMs = monotonicMs();
  }
  return { made, workMs: workMs + monotonicMs() - startMs };
}

/** @param why as in `is too long` */
export function tooLarge(why: string): RefusedError {
  return new RefusedError({
    code: 'window-too-large',
    detail: `The window ${why}. Ask for a shorter one; several together tell the same.`,
  });
}

/** What is known of streams now; of a server that is silent, until then. */
export function knownNow(feed: Feed, ticks: readonly Tick[], nowMs: number): Omit<KnownNow, 'keptSinceMs'> {
  const observedUntilMs = new Map<string, number>();
  const streams = ticks.flatMap((tick): StreamNow[] => {
    const { head, subject: server } = tick;
    if (head === null) return [];
    observedUntilMs.set(server, feed.isSilent(tick) ? Date.parse(head.publishedAt) : nowMs);
    return recordsOf(tick).flatMap((record) => streamNow(server, record));
  });
  return { observedUntilMs, streams };
}

function streamNow(server: string, { name, state, since, expectedBy }: RecordFields): StreamNow[] {
  const known = STREAM_STATES.find((each) => each === state);
  const sinceMs = typeof since === 'string' ? Date.parse(since) : NaN;
  if (typeof name !== 'string' || known === undefined || Number.isNaN(sinceMs)) return [];
  return [
    {
      server,
      stream: name,
      state: known,
      sinceMs,
      expected: expectedBy === undefined ? null : expectedBy !== null,
    },
  ];
}
