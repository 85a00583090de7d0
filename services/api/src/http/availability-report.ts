import { setImmediate as breath } from 'node:timers/promises';
import { AvailabilityFold, type KnownNow, type StreamNow } from '@mediamtx-monitor/model';
import { streamGlob } from '@mediamtx-monitor/runtime';
import { STREAM_STATES, type StreamAvailability } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { CsvColumn } from './csv.ts';
import { fromStore, sendTabular, STORE_PROBLEMS } from './kept.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext, RouteRequest } from './route.ts';
import { recordsOf } from './servers.ts';
import type { RecordFields, Tick } from '../tick/index.ts';

const DAY_MS = 86_400_000;
const MAX_WINDOW_MS = 100 * DAY_MS;
/** So many entries of the window are looked at, and so many before it, by which it is known how it began. */
const MAX_ENTRIES = 200_000;
const MAX_ENTRIES_BEFORE = 50_000;
/** Events are written down late when the durable Redis is away. */
const LATE_MS = DAY_MS;
/** For so long a report is made before everything else gets its turn. */
const SLICE_MS = 10;

const FILTERS = ['from', 'to', 'stream', 'server'] as const;
type AvailabilityRequest = RouteRequest<(typeof FILTERS)[number]>;

const DESCRIPTION =
  'Made of events. A stream is up while it is live and bytes come. Time in which its server could not be read or ' +
  'nobody looked, also before anybody ever did, before the first event that tells of it, and of which events were lost ' +
  'or are not kept any more, is unknown, and counts as neither. Without `from` and `to` the last 24 hours; at most 100 days, and 200,000 events.';

/** What either route says beside its own. */
export const AVAILABILITY = {
  parameters: FILTERS,
  description: DESCRIPTION,
  problems: ['window-too-large', ...STORE_PROBLEMS],
} as const;

/**
 * Answers with how streams ran, as JSON or CSV.
 * @param isCsv whether only CSV is to be had
 * @throws {RefusedError}
 */
export async function answerAvailability(
  { request, response, query }: AvailabilityRequest,
  { feed, nowMs, monotonicMs, askerOf }: RouteContext,
  isCsv: boolean,
): Promise<void> {
  const { stream, server } = query;
  const now = nowMs();
  const toMs = Math.min(query.to ?? now, now);
  const fromMs = query.from ?? toMs - DAY_MS;
  if (fromMs >= toMs) {
    throw new RefusedError({
      code: 'invalid-parameter',
      detail: 'The window ends before it begins; from has to be before to, and before now.',
    });
  }
  if (toMs - fromMs > MAX_WINDOW_MS) throw tooLarge('is longer than 100 days');
  const matches = stream === undefined ? () => true : streamGlob(stream);
  const fold = new AvailabilityFold({ fromMs, toMs });
  const isOf = (event: { readonly server: string; readonly stream?: string }): boolean =>
    (server === undefined || event.server === server) &&
    (event.stream === undefined || matches(event.stream));
  const asker = askerOf(request);
  const before = await fromStore(
    feed.kept.history({ after: null, before: `${fromMs}-0`, maxEntries: MAX_ENTRIES_BEFORE }, isOf, asker),
  );
  const keptSinceMs = before.previous === null ? await fromStore(feed.kept.eventsSince()) : -Infinity;
  for (const event of before.items) fold.add(event);
  const rest = { after: before.next, before: `${toMs + LATE_MS}-0`, maxEntries: MAX_ENTRIES };
  const during = await fromStore(
    feed.kept.history(
      rest,
      (event) => {
        if (isOf(event)) fold.add(event);
        return false;
      },
      asker,
    ),
  );
  if (during.more) throw tooLarge(`holds more than ${MAX_ENTRIES} events`);
  await feed.servers.current();
  const known = knownNow(feed, feed.servers.all().ticks, now);
  const report = fold.report({ ...known, keptSinceMs, streams: known.streams.filter(isOf) });
  const { items, workMs } = await inSlices(report.items, monotonicMs);
  const madeMs = monotonicMs();
  sendTabular(response, isCsv, { value: { ...report, items }, columns: COLUMNS, rows: items });
  asker.spent(workMs + monotonicMs() - madeMs);
}

/** Has items made, with turns for everything else in between; and how long that took, in ms. */
async function inSlices<Item>(
  toMake: Iterable<Item>,
  monotonicMs: () => number,
): Promise<{ readonly items: readonly Item[]; readonly workMs: number }> {
  const items: Item[] = [];
  let workMs = 0;
  let startMs = monotonicMs();
  for (const item of toMake) {
    items.push(item);
    const sliceMs = monotonicMs() - startMs;
    if (sliceMs < SLICE_MS) continue;
    workMs += sliceMs;
    await breath();
    startMs = monotonicMs();
  }
  return { items, workMs: workMs + monotonicMs() - startMs };
}

function tooLarge(why: string): RefusedError {
  return new RefusedError({
    code: 'window-too-large',
    detail: `The window ${why}. Ask for a shorter one; several together tell the same.`,
  });
}

/** What is known of streams now; of a server that is silent, until then. */
function knownNow(feed: Feed, ticks: readonly Tick[], nowMs: number): Omit<KnownNow, 'keptSinceMs'> {
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

const COLUMNS: readonly CsvColumn<StreamAvailability>[] = [
  { name: 'server', value: ({ server }) => server },
  { name: 'stream', value: ({ stream }) => stream },
  { name: 'uptimeSeconds', value: ({ uptimeSeconds }) => uptimeSeconds },
  { name: 'downtimeSeconds', value: ({ downtimeSeconds }) => downtimeSeconds },
  { name: 'unknownSeconds', value: ({ unknownSeconds }) => unknownSeconds },
  { name: 'percent', value: ({ percent }) => percent },
  { name: 'outages', value: ({ outages }) => outages.length },
  {
    name: 'longestOutageSeconds',
    value: ({ outages }) =>
      outages.reduce((longest, { lengthSeconds }) => Math.max(longest, lengthSeconds), 0),
  },
  { name: 'meanTimeBetweenOutagesSeconds', value: (item) => item.meanTimeBetweenOutagesSeconds },
  { name: 'restarts', value: ({ restarts }) => restarts },
  { name: 'worstHealth', value: ({ worstHealth }) => worstHealth },
  { name: 'expectedUptimeSeconds', value: ({ expected }) => expected?.uptimeSeconds ?? null },
  { name: 'expectedDowntimeSeconds', value: ({ expected }) => expected?.downtimeSeconds ?? null },
  { name: 'expectedUnknownSeconds', value: ({ expected }) => expected?.unknownSeconds ?? null },
  { name: 'expectedPercent', value: ({ expected }) => expected?.percent ?? null },
];
