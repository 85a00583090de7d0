import { DEFAULT_SERVER_ID } from '@mediamtx-monitor/types';
import {
  HISTORY_DESCRIPTION,
  HISTORY_PROBLEMS,
  historyAnswers,
  sendHistory,
  untilLeft,
  WINDOW,
} from '../http/history-answer.ts';
import { fromStore } from '../http/kept.ts';
import { RefusedError } from '../http/refusal.ts';
import { route, type RouteContext, type RouteRequest } from '../http/route.ts';
import { fleetFor, ownerOf, ownersOf } from '../http/servers.ts';

/** How a stream was; one that isn't listed any more, too. What stands at the end of the path may belong to a name. */
export const streamHistory = route({
  path: '/api/streams/{name}/history',
  method: 'get',
  isExact: true,
  parameters: ['server', ...WINDOW],
  answers: historyAnswers('stream'),
  problems: [...HISTORY_PROBLEMS, 'invalid-url', 'unknown-server', 'unknown-stream', 'server-required'],
  described: {
    id: 'getStreamHistory',
    tag: 'data',
    summary: 'How a stream was',
    description: `${HISTORY_DESCRIPTION} Where a stream has the whole remainder of the path for its name, that stream is meant.`,
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
        : await formerOwner(context, asked, query.server ?? null);
    await sendHistory(asked, context, { kind: 'stream', server, stream: name });
  },
});

/** The server that has history of a stream that none has any more. @throws {RefusedError} */
async function formerOwner(
  { feed, history, historyTurns, askerOf }: RouteContext,
  { name, request, response }: Pick<RouteRequest<never>, 'name' | 'request' | 'response'>,
  server: string | null,
): Promise<string> {
  const known = feed.servers.all().ticks.map(({ subject }) => subject);
  const servers = server !== null ? [server] : known.length > 0 ? known : [DEFAULT_SERVER_ID];
  const left = untilLeft(response);
  const [owner, ...others] = await fromStore(
    historyTurns.take(askerOf(request), () => history.serversWith(name, servers, left)),
  );
  if (owner === undefined) {
    throw new RefusedError({
      code: 'unknown-stream',
      detail: `Of a stream "${name.slice(0, 200)}" nothing is known on ${servers.join(', ')}.`,
    });
  }
  if (others.length > 0) {
    throw new RefusedError({
      code: 'server-required',
      detail: `It was on several servers: ${[owner, ...others].join(', ')}. Add ?server= with one of them.`,
    });
  }
  return owner;
}
