import { type HistorySubject } from '@mediamtx-monitor/types';
import { hostHistorySchema, serverHistorySchema, streamHistorySchema } from '@mediamtx-monitor/types/schemas';
import type { Feed } from '../feed/index.ts';
import { sendJson } from './answer.ts';
import { fieldsFor, windowOf } from './history.ts';
import type { Query } from './query.ts';
import type { RouteAnswer, RouteContext, RouteRequest } from './route.ts';
import { fromStore, readerOf, STORE_PROBLEMS } from './store.ts';

/** What routes of history may be asked. */
export const WINDOW = ['historyFrom', 'to', 'step', 'fields'] as const;
type WindowParameter = (typeof WINDOW)[number];
export const HISTORY_PROBLEMS = ['step-too-fine', ...STORE_PROBLEMS] as const;
/** Time between two ticks where it isn't known. */
const TICK_SECONDS = 2;

export const HISTORY_DESCRIPTION =
  'Without parameters every tick of the last 15 minutes. Every tick is kept for 15 minutes, means of 30 s for 24 hours, ' +
  'means, least and greatest values of 5 minutes for 30 days. A step that isn’t given is chosen so that there are at most ' +
  '1000 of them. What nobody measured is null. Where history comes from an engine of its own, too, there are steps as ' +
  'fine as its scrapes, with all values, as long as it keeps them; what isn’t exported is left out.';

const BODIES = { stream: streamHistorySchema, server: serverHistorySchema, host: hostHistorySchema };

/** What routes of history answer with. */
export const historyAnswers = (kind: HistorySubject['kind']): Readonly<Record<200, RouteAnswer>> => ({
  200: {
    description: `How the ${kind} was`,
    type: 'application/json',
    body: BODIES[kind],
    headers: ['Vary'],
  },
});

/** Answers with what is kept of a subject. */
export async function sendHistory<Name extends WindowParameter | 'server' | 'label'>(
  asked: RouteRequest<Name>,
  context: RouteContext,
  subject: HistorySubject,
  reader = readerOf(context, asked),
): Promise<void> {
  const { response, query } = asked;
  const { feed, history } = context;
  const { fields: named, ...window }: Query<WindowParameter> = query;
  const fields = fieldsFor(subject.kind, named);
  const nowMs = await fromStore(history.nowMs());
  const times = {
    nowMs,
    tickSeconds: tickSecondsOf(feed, subject),
    finestStepSeconds: (agoSeconds: number) => history.finestStepSeconds(agoSeconds),
  };
  const { fromMs, toMs, stepSeconds } = windowOf(window, times);
  const question = { subject, fields, fromMs, toMs, stepSeconds };
  const result = await fromStore(history.read(question, reader));
  reader.spent(result.workMs);
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  sendJson(response, { from, to, stepSeconds, fields: result.fields });
}

function tickSecondsOf(feed: Feed, subject: HistorySubject): number {
  const known = subject.kind === 'host' ? feed.hosts.known(subject.host) : feed.servers.known(subject.server);
  return (known?.head?.intervalMs ?? TICK_SECONDS * 1_000) / 1_000;
}
