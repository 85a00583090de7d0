import { sessionRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { isContinued, pageMembers } from './kept.ts';
import type { RouteContext, RouteRequest } from './route.ts';
import { assertServer } from './servers.ts';
import { SESSION_COLUMNS } from './session-columns.ts';
import { SessionList } from './session-list.ts';
import { readerOf, STORE_PROBLEMS } from './store.ts';
import { formOf, sendText } from './tabular.ts';
import { parametersOf } from './url.ts';

const BODY = Joi.object({
  items: Joi.array()
    .items(sessionRecordSchema)
    .required()
    .description('Those that match: closed ones, the last to end last, then open ones'),
  ...pageMembers('Whether there may be more in the time asked for'),
}).description('Who was there');

const FILTERS = [
  'since',
  'until',
  'stream',
  'server',
  'label',
  'role',
  'protocol',
  'sessionState',
  'pageLimit',
] as const;

const DESCRIPTION =
  'Sessions that were open at any moment between `since` and `until`. Without `since` the newest, open ones last; ' +
  '`previous` leads back to the others. Of open ones alone (`state=open`) those that began first come first, and `next` ' +
  'leads on. An answer looks at 20,000 closed ones at most, and ends with the one by which it has 8 MiB ' +
  'of them; `next` and `previous` say how far it has come.';

/** What either route says beside its own. */
export const SESSIONS = {
  parameters: FILTERS,
  body: BODY,
  description: DESCRIPTION,
  problems: ['unknown-server', ...STORE_PROBLEMS],
} as const;

/**
 * Answers with sessions, as JSON or CSV.
 * @param isCsv whether only CSV is to be had
 * @throws {RefusedError}
 */
export async function answerSessions(
  asked: RouteRequest<(typeof FILTERS)[number]>,
  context: RouteContext,
  isCsv: boolean,
): Promise<void> {
  const { request, response, query } = asked;
  const { server, label } = query;
  if (label !== undefined) await context.feed.servers.currentHeads();
  const reader = readerOf(context, asked);
  const list = new SessionList(query, context, reader);
  const { items, ...place } = await list.page();
  if (server !== undefined && !list.tellsOfServer && !isContinued(query)) {
    await assertServer(context, server);
  }
  const { next, previous, more } = place;
  const form = formOf(response, isCsv, SESSION_COLUMNS);
  const cursor = list.isForwards ? (['since', next] as const) : (['until', previous ?? ''] as const);
  const headers = more ? ['Link', linkTo(request.url ?? '', cursor)] : [];
  await sendText(response, form, form.whole(items.map(form.rowText), place), context, headers);
}

/** The same question with a cursor in it, relative to its address: a proxy may serve it below a path. */
function linkTo(url: string, [name, cursor]: readonly [name: string, cursor: string]): string {
  const parameters = parametersOf(url);
  parameters.delete('ticket');
  parameters.set(name, cursor);
  return `<?${parameters.toString()}>; rel="next"`;
}
