import type { ServerResponse } from 'node:http';
import { type HistorySubject } from '@mediamtx-monitor/types';
import { hostHistorySchema, serverHistorySchema, streamHistorySchema } from '@mediamtx-monitor/types/schemas';
import type { Feed } from '../feed/index.ts';
import { sendJson } from './answer.ts';
import { fieldsFor, windowOf } from './history.ts';
import { fromStore, STORE_PROBLEMS } from './kept.ts';
import type { Query } from './query.ts';
import type { RouteAnswer, RouteContext, RouteRequest } from './route.ts';

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
export async function sendHistory<Name extends WindowParameter | 'server'>(
  { request, response, query }: RouteRequest<Name>,
  { feed, history, historyTurns, askerOf }: RouteContext,
  subject: HistorySubject,
): Promise<void> {
  const { fields: asked, ...window }: Query<WindowParameter> = query;
  const fields = fieldsFor(subject.kind, asked);
  const nowMs = await fromStore(history.nowMs());
  const context = {
    nowMs,
    tickSeconds: tickSecondsOf(feed, subject),
    finestStepSeconds: (agoSeconds: number) => history.finestStepSeconds(agoSeconds),
  };
  const { fromMs, toMs, stepSeconds } = windowOf(window, context);
  const question = { subject, fields, fromMs, toMs, stepSeconds };
  const [asker, left] = [askerOf(request), untilLeft(response)];
  const result = await fromStore(historyTurns.take(asker, () => history.read(question, left)));
  asker.spent(result.workMs);
  const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()];
  sendJson(response, { from, to, stepSeconds, fields: result.fields });
}

function tickSecondsOf(feed: Feed, subject: HistorySubject): number {
  const tick =
    subject.kind === 'host'
      ? feed.hosts.fleet().of(subject.host).ticks[0]
      : feed.servers.all().of(subject.server).ticks[0];
  return (tick?.head?.intervalMs ?? TICK_SECONDS * 1_000) / 1_000;
}

/** Aborts when the client has left, and once it has its answer. */
export function untilLeft(response: ServerResponse): AbortSignal {
  const leaving = new AbortController();
  response.once('close', () => {
    leaving.abort();
  });
  return leaving.signal;
}
