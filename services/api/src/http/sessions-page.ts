import { streamGlob } from '@mediamtx-monitor/runtime';
import { HEALTHS, idAfter, type SessionRecord } from '@mediamtx-monitor/types';
import { sessionRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { SESSION_VALUES } from '../feed/index.ts';
import type { CsvColumn } from './csv.ts';
import { fromStore, pageMembers, placeOf, rangeOf, sendTabular, STORE_PROBLEMS } from './kept.ts';
import { isOneOf, type Query } from './query.ts';
import type { RouteContext, RouteRequest } from './route.ts';
import { parametersOf } from './url.ts';
import { keyOf, openSessions } from './open-sessions.ts';

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
  'role',
  'protocol',
  'sessionState',
  'pageLimit',
] as const;
type SessionQuery = Query<(typeof FILTERS)[number]>;

const DESCRIPTION =
  'Sessions that were open at any moment between `since` and `until`. Without `since` the newest. Of open ones ' +
  'alone (`state=open`) those that began first come first, and `next` leads to the others. An answer looks at 20,000 ' +
  'closed ones at most; `next` and `previous` say how far it has come.';

/** What either route says beside its own. */
export const SESSIONS = {
  parameters: FILTERS,
  body: BODY,
  description: DESCRIPTION,
  problems: STORE_PROBLEMS,
} as const;

/**
 * Answers with sessions, as JSON or CSV.
 * @param isCsv whether only CSV is to be had
 * @throws {RefusedError}
 */
export async function answerSessions(
  { request, response, query }: RouteRequest<(typeof FILTERS)[number]>,
  { feed, askerOf }: RouteContext,
  isCsv: boolean,
): Promise<void> {
  const { since, until, server, sessionState: states = ['open', 'closed'] } = query;
  const wants = filterOf(query);
  const range = rangeOf(query);
  const isBounded = until !== undefined && 'id' in until;
  const isPastClosed = since !== undefined && 'id' in since && since.rest !== null;
  const isForwards = range.after !== null || !states.includes('closed');
  const asker = askerOf(request);
  const open = states.includes('open') && !isBounded ? await openSessions(feed, server, wants, asker) : [];
  // Without a beginning the newest are asked for: those are the open ones.
  const room = isForwards ? range.limit : range.limit - open.length;
  const before = isBounded ? until.id : null;
  const found =
    states.includes('closed') && !isPastClosed
      ? await fromStore(
          feed.kept.sessions(
            { ...range, before, limit: Math.max(1, room) },
            room > 0 ? wants : () => false,
            asker,
          ),
        )
      : { items: [], next: range.after ?? '0-0', previous: null, more: false };
  const { next, trimmed } = await placeOf(feed, 'sessions', since, found.next);
  const closed = { ...found, next };
  const page = isForwards
    ? afterClosed(closed, open, range.limit, restIn(since))
    : beforeOpen(closed, open, range.limit);
  const headers = page.more && isForwards ? ['Link', linkTo(request.url ?? '', page.next)] : [];
  sendTabular(response, isCsv, { value: { ...page, trimmed }, columns: COLUMNS, rows: page.items, headers });
}

interface SessionPage {
  readonly items: readonly SessionRecord[];
  readonly next: string;
  readonly previous: string | null;
  readonly more: boolean;
}

/** Open ones follow once all closed ones were answered; `next` then says which of them was the last. */
function afterClosed(
  closed: SessionPage,
  open: readonly SessionRecord[],
  limit: number,
  rest: string,
): SessionPage {
  const { next, previous } = closed;
  if (closed.more) return { items: closed.items, next, previous, more: true };
  const others = open.filter((session) => keyOf(session) > rest);
  const taken = others.slice(0, limit - closed.items.length);
  const items = [...closed.items, ...taken];
  if (taken.length === others.length) return { items, next, previous, more: false };
  const last = taken.at(-1);
  const key = last === undefined ? rest : keyOf(last);
  return { items, next: `${next}~${Buffer.from(key).toString('base64url')}`, previous, more: true };
}

function beforeOpen(closed: SessionPage, open: readonly SessionRecord[], limit: number): SessionPage {
  const { next, more } = closed;
  const items = [...closed.items, ...open.slice(-limit)];
  if (open.length < limit) return { items, next, previous: closed.previous, more };
  // None of the closed ones was answered.
  return { items, next, previous: idAfter(next), more: true };
}

function restIn(since: SessionQuery['since']): string {
  const rest = since !== undefined && 'id' in since ? since.rest : null;
  return Buffer.from(rest ?? '', 'base64url').toString();
}

function filterOf({
  until,
  stream,
  server,
  role,
  protocol,
}: SessionQuery): (session: SessionRecord) => boolean {
  const matches = stream === undefined ? () => true : streamGlob(stream);
  const untilMs = until !== undefined && 'ms' in until ? until.ms : Infinity;
  return (session) =>
    (server === undefined || session.server === server) &&
    isOneOf(session.role, role) &&
    isOneOf(session.protocol, protocol) &&
    Date.parse(session.start) < untilMs &&
    matches(session.stream);
}

/** The same question with the cursor behind it, relative to its address: a proxy may serve it below a path. */
function linkTo(url: string, next: string): string {
  const parameters = parametersOf(url);
  parameters.delete('ticket');
  parameters.set('since', next);
  return `<?${parameters.toString()}>; rel="next"`;
}

const COLUMNS: readonly CsvColumn<SessionRecord>[] = [
  ...SESSION_VALUES.map((name) => ({ name, value: (session: SessionRecord) => cellOf(session[name]) })),
  ...HEALTHS.map((health) => ({
    name: `${health}Ms`,
    value: ({ healthMs }: SessionRecord) =>
      cellOf((healthMs as Partial<NonNullable<typeof healthMs>> | null | undefined)?.[health]),
  })),
  { name: 'causeSource', value: ({ cause }) => cellOf(cause?.source) },
  { name: 'causeText', value: ({ cause }) => cellOf(cause?.text) },
];

/** What another collector wrote may have anything there. */
function cellOf(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
