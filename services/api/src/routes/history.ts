import { DEFAULT_SERVER_ID, type HistorySubject, isHostId, isServerId } from '@mediamtx-monitor/types';
import { historySchema } from '@mediamtx-monitor/types/schemas';
import type { Feed } from '../feed/index.ts';
import { sendJson } from '../http/answer.ts';
import { fieldsFor, HistoryAwayError, windowOf } from '../http/history.ts';
import type { Query } from '../http/query.ts';
import { RefusedError } from '../http/refusal.ts';
import { type RouteAnswer, route, type RouteContext, type RouteRequest } from '../http/route.ts';
import { fleetFor, ownerOf, ownersOf } from '../http/servers.ts';

const WINDOW = ['historyFrom', 'to', 'step', 'fields'] as const;
type Window = (typeof WINDOW)[number];
const PROBLEMS = ['step-too-fine', 'store-unavailable'] as const;
/** Time between two ticks where it isn't known. */
const TICK_SECONDS = 2;

const DESCRIPTION =
  'Without parameters every tick of the last 15 minutes. Every tick is kept for 15 minutes, means of 30 s for 24 hours, ' +
  'means, least and greatest values of 5 minutes for 30 days. A step that isn’t given is chosen so that there are at most ' +
  '1000 of them. What nobody measured is null.';

const answersOf = (kind: HistorySubject['kind']): Readonly<Record<200, RouteAnswer>> => ({
  200: {
    description: `How the ${kind} was`,
    type: 'application/json',
    body: historySchema(kind),
    headers: ['Vary'],
  },
});

/** How a stream was; one that isn't listed any more, too. What stands at the end of the path may belong to a name. */
export const streamHistory = route({
  path: '/api/streams/{name}/history',
  method: 'get',
  isExact: true,
  parameters: ['server', ...WINDOW],
  answers: answersOf('stream'),
  problems: [...PROBLEMS, 'invalid-url', 'unknown-server', 'unknown-stream', 'server-required'],
  described: {
    id: 'getStreamHistory',
    tag: 'data',
    summary: 'How a stream was',
    description: `${DESCRIPTION} Where a stream has the whole remainder of the path for its name, that stream is meant.`,
  },
  handler: async (asked, context) => {
    const { name, query } = asked;
    const fleet = await fleetFor(context.feed, query.server);
    if (ownersOf(fleet, `${name}/history`).length > 0) {
      asked.pass();
      return;
    }
    const server =
      ownersOf(fleet, name).length > 0
        ? ownerOf(context.feed, fleet, name).subject
        : await formerOwner(context, name, query.server ?? null);
    await answer(asked, context, { kind: 'stream', server, stream: name });
  },
});

/** How a server and all of its streams together were. */
export const serverHistory = route({
  path: '/api/servers/{id}/history',
  method: 'get',
  parameters: WINDOW,
  answers: answersOf('server'),
  problems: [...PROBLEMS, 'unknown-server'],
  described: {
    id: 'getServerHistory',
    tag: 'data',
    summary: 'How a server and its streams together were',
    description: DESCRIPTION,
  },
  handler: async (asked, context) => {
    const { name: server } = asked;
    if (!isServerId(server)) throw unknown('unknown-server', `There is no server "${server.slice(0, 100)}".`);
    await fleetFor(context.feed, server);
    await answer(asked, context, { kind: 'server', server });
  },
});

/** How a host was. */
export const hostHistory = route({
  path: '/api/hosts/{id}/history',
  method: 'get',
  parameters: WINDOW,
  answers: answersOf('host'),
  problems: [...PROBLEMS, 'unknown-host'],
  described: { id: 'getHostHistory', tag: 'data', summary: 'How a host was', description: DESCRIPTION },
  handler: async (asked, context) => {
    const { name: host } = asked;
    if (!isHostId(host)) throw unknown('unknown-host', `There is no host "${host.slice(0, 100)}".`);
    await answer(asked, context, { kind: 'host', host });
  },
});

/** The server that has history of a stream that none has any more. @throws {RefusedError} */
async function formerOwner(
  { feed, history }: RouteContext,
  name: string,
  server: string | null,
): Promise<string> {
  const known = feed.servers.all().ticks.map(({ subject }) => subject);
  const servers = server !== null ? [server] : known.length > 0 ? known : [DEFAULT_SERVER_ID];
  const [owner, ...others] = await orUnavailable(history.serversWith(name, servers));
  if (owner === undefined) {
    throw unknown(
      'unknown-stream',
      `Of a stream "${name.slice(0, 200)}" nothing is known on ${servers.join(', ')}.`,
    );
  }
  if (others.length > 0) {
    const all = [owner, ...others].join(', ');
    throw new RefusedError({
      code: 'server-required',
      detail: `It was on several servers: ${all}. Add ?server=.`,
    });
  }
  return owner;
}

async function answer<Name extends Window | 'server'>(
  { request, response, query }: RouteRequest<Name>,
  { feed, history, charge }: RouteContext,
  subject: HistorySubject,
): Promise<void> {
  const { fields: asked, ...window }: Query<Window> = query;
  const fields = fieldsFor(subject.kind, asked);
  const nowMs = await orUnavailable(history.nowMs());
  const context = {
    nowMs,
    tickSeconds: tickSecondsOf(feed, subject),
    finestStepSeconds: (agoSeconds: number) => history.finestStepSeconds(agoSeconds),
  };
  const { fromMs, toMs, stepSeconds } = windowOf(window, context);
  const result = await orUnavailable(history.read({ subject, fields, fromMs, toMs, stepSeconds }));
  charge(request, result.workMs);
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

function unknown(code: 'unknown-server' | 'unknown-host' | 'unknown-stream', detail: string): RefusedError {
  return new RefusedError({ code, detail });
}

/** @throws {RefusedError} `store-unavailable` when what keeps history doesn't answer */
async function orUnavailable<Value>(reading: Promise<Value>): Promise<Value> {
  try {
    return await reading;
  } catch (error) {
    if (!(error instanceof HistoryAwayError)) throw error;
    throw new RefusedError({
      code: 'store-unavailable',
      detail:
        'The Redis that keeps history does not answer. What is live is not concerned; ask again in a moment.',
      headers: { 'Retry-After': '2' },
    });
  }
}
