import type { Reader } from '../feed/index.ts';
import { formerOwners } from '../http/former-owners.ts';
import {
  HISTORY_DESCRIPTION,
  HISTORY_PROBLEMS,
  historyAnswers,
  sendHistory,
  WINDOW,
} from '../http/history-answer.ts';
import { RefusedError } from '../http/refusal.ts';
import { route, type RouteContext, type RouteRequest } from '../http/route.ts';
import { fleetFor, ownerOf, ownersOf } from '../http/servers.ts';
import { fromStore, readerOf } from '../http/store.ts';

/** How a stream was; one that isn't listed any more, too. What stands at the end of the path may belong to a name. */
export const streamHistory = route({
  path: '/api/streams/{name}/history',
  method: 'get',
  isExact: true,
  parameters: ['server', 'label', ...WINDOW],
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
    const reader = readerOf(context, asked);
    const fleet = await fleetFor(context.feed, query);
    if (ownersOf(fleet, `${name}/history`).length > 0) {
      asked.pass();
      return;
    }
    const server =
      ownersOf(fleet, name).length > 0
        ? ownerOf(context.feed, fleet, name).subject
        : await formerOwner(context, asked, reader);
    await sendHistory(asked, context, { kind: 'stream', server, stream: name }, reader);
  },
});

/** The server that has history of a stream that none has any more. @throws {RefusedError} */
async function formerOwner(
  context: RouteContext,
  { name, query }: RouteRequest<'server' | 'label'>,
  reader: Reader,
): Promise<string> {
  // Where Redis is away, that is told, and not that there is no such stream.
  await fromStore(context.history.nowMs());
  const [owner, ...others] = await formerOwners(context, name, query, reader);
  if (others.length > 0) {
    throw new RefusedError({
      code: 'server-required',
      detail: `It was on several servers: ${[owner, ...others].join(', ')}. Add ?server= with one of them.`,
    });
  }
  return owner;
}
