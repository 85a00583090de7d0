import type { StreamAvailability } from '@mediamtx-monitor/types';
import type { CsvColumn } from './csv.ts';
import { makeReport, tooLarge } from './make-report.ts';
import { RefusedError } from './refusal.ts';
import type { RouteContext, RouteRequest } from './route.ts';
import { choiceKey, chosenBy } from './server-choice.ts';
import { assertServer } from './servers.ts';
import { fromStore, readerOf, STORE_PROBLEMS } from './store.ts';
import { formOf, sendText } from './tabular.ts';

const DAY_MS = 86_400_000;
const MAX_WINDOW_MS = 100 * DAY_MS;

const FILTERS = ['from', 'to', 'stream', 'server', 'label'] as const;
type AvailabilityRequest = RouteRequest<(typeof FILTERS)[number]>;

const DESCRIPTION =
  'Made of events. A stream is up while it is live and bytes come. Time in which its server could not be read or ' +
  'nobody looked, also before anybody ever did, before the first event that tells of it, and of which events were lost ' +
  'or are not kept any more, is unknown, and counts as neither. Without `from` and `to` the last 24 hours; at most 100 ' +
  'days, and 200,000 events.';

/** What either route says beside its own. */
export const AVAILABILITY = {
  parameters: FILTERS,
  description: DESCRIPTION,
  problems: ['window-too-large', 'unknown-server', ...STORE_PROBLEMS],
} as const;

/**
 * Answers with how streams ran, as JSON or CSV. What is asked for at the same time and is the same is made once.
 * @param isCsv whether only CSV is to be had
 * @throws {RefusedError}
 */
export async function answerAvailability(
  asked: AvailabilityRequest,
  context: RouteContext,
  isCsv: boolean,
): Promise<void> {
  const { response, query } = asked;
  const { from, to, stream, server, label } = query;
  const now = context.nowMs();
  const toMs = Math.min(to ?? now, now);
  const fromMs = from ?? toMs - DAY_MS;
  if (fromMs >= toMs) {
    throw new RefusedError({
      code: 'invalid-parameter',
      detail: 'The window ends before it begins; from has to be before to, and before now.',
    });
  }
  if (toMs - fromMs > MAX_WINDOW_MS) throw tooLarge('is longer than 100 days');
  if (label !== undefined) await context.feed.servers.currentHeads();
  const form = formOf(response, isCsv, COLUMNS);
  const key = JSON.stringify([form.isCsv, from ?? null, to ?? null, stream ?? null, choiceKey(query)]);
  const question = { fromMs, toMs, stream, server, isChosen: chosenBy(context.feed, query) };
  const reader = readerOf(context, asked);
  const { body, tellsOfServer } = await fromStore(
    context.reports.take(key, reader, (all) => makeReport(context, question, form, all)),
  );
  if (server !== undefined && !tellsOfServer) await assertServer(context, server);
  await sendText(response, form, body, context);
}

const COLUMNS: readonly CsvColumn<StreamAvailability>[] = [
  { name: 'server', value: ({ server }) => server },
  { name: 'stream', value: ({ stream }) => stream },
  { name: 'uptimeSeconds', value: ({ uptimeSeconds }) => uptimeSeconds },
  { name: 'downtimeSeconds', value: ({ downtimeSeconds }) => downtimeSeconds },
  { name: 'unknownSeconds', value: ({ unknownSeconds }) => unknownSeconds },
  { name: 'percent', value: ({ percent }) => percent },
  { name: 'knownPercent', value: ({ knownPercent }) => knownPercent },
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
  { name: 'expectedKnownPercent', value: ({ expected }) => expected?.knownPercent ?? null },
];
