import { streamGlob } from '@mediamtx-monitor/runtime';
import { idAfter, NO_EVENT_ID, type SessionRecord } from '@mediamtx-monitor/types';
import type { Reader, ScanRange } from '../feed/index.ts';
import { placeOf, rangeOf } from './kept.ts';
import { keyOf, type OpenPage, openSessions } from './open-sessions.ts';
import type { Position } from './parameters.ts';
import { isOneOf, type Query } from './query.ts';
import type { RouteContext } from './route.ts';
import type { SelectionEnd } from './selection.ts';
import { chosenBy, type IsChosen } from './server-choice.ts';
import { fromStore } from './store.ts';

export type SessionQuery = Query<
  'since' | 'until' | 'stream' | 'server' | 'label' | 'role' | 'protocol' | 'sessionState' | 'pageLimit'
>;

/** Sessions that follow one another, and where there are others. */
export interface SessionPage {
  readonly items: readonly SessionRecord[];
  readonly next: string;
  readonly previous: string | null;
  readonly more: boolean;
  readonly trimmed: boolean;
}

/** Clocks of clients may be ahead by so much, in ms. */
const CLOCKS_APART_MS = 60_000;

/**
 * Sessions as they are asked for: closed ones in the order in which they ended, then open ones in that in which they
 * began. A cursor is an id, behind which all that are closed up to it lie; the key of an open one behind it leads on
 * among those.
 */
export class SessionList {
  /** Whether it goes on from a place; else it goes back, from the newest unless a place is given. */
  readonly isForwards: boolean;
  readonly #query: SessionQuery;
  readonly #context: Pick<RouteContext, 'feed' | 'monotonicMs'>;
  readonly #reader: Reader;
  readonly #isChosen: IsChosen;
  readonly #matches: (session: SessionRecord) => boolean;
  readonly #range: ScanRange;
  readonly #sinceKey: string | null;
  readonly #untilKey: string | null;
  /** Whether closed ones are asked for, and whether there may be some of them. */
  readonly #asksClosed: boolean;
  readonly #hasClosed: boolean;
  readonly #hasOpen: boolean;
  #tellsOfServer = false;

  /** @throws {RefusedError} for a time that ends before it begins */
  constructor(
    query: SessionQuery,
    context: Pick<RouteContext, 'feed' | 'nowMs' | 'monotonicMs'>,
    reader: Reader,
  ) {
    const { since, until, sessionState: states = ['open', 'closed'] } = query;
    this.#query = query;
    this.#context = context;
    this.#reader = reader;
    this.#isChosen = chosenBy(context.feed, query);
    this.#matches = filterOf(query);
    [this.#sinceKey, this.#untilKey] = [keyIn(since), keyIn(until)];
    const range = rangeOf(query);
    const isUntilTime = until !== undefined && 'ms' in until;
    // What was open before a time may have ended at any time since.
    const before = isUntilTime || range.before === null ? null : range.before;
    this.#range = { ...range, before: before !== null && this.#untilKey !== null ? idAfter(before) : before };
    this.#asksClosed = states.includes('closed');
    this.#hasClosed = this.#asksClosed && this.#sinceKey === null;
    const isAmongClosed = before !== null && this.#untilKey === null;
    // Nobody knows what is still open then.
    const isAhead = since !== undefined && 'ms' in since && since.ms > context.nowMs() + CLOCKS_APART_MS;
    this.#hasOpen = states.includes('open') && !isAmongClosed && !isAhead;
    this.isForwards = since !== undefined || (!this.#asksClosed && this.#untilKey === null);
  }

  /** Whether anything of the server that is asked for was looked at. */
  get tellsOfServer(): boolean {
    return this.#tellsOfServer;
  }

  /** @throws {RefusedError} one of `STORE_PROBLEMS` */
  page(): Promise<SessionPage> {
    return this.isForwards ? this.#forwards() : this.#backwards();
  }

  async #forwards(): Promise<SessionPage> {
    const { feed } = this.#context;
    const { since } = this.#query;
    const { limit, after } = this.#range;
    const nothing = { items: [], next: after ?? NO_EVENT_ID, more: false };
    const closed = this.#hasClosed ? await this.#closed(limit) : nothing;
    const place = this.#asksClosed
      ? await placeOf(feed, 'sessions', since, closed.next)
      : { next: closed.next, trimmed: false };
    const previous = after === null ? null : cursorOf(after, this.#sinceKey);
    if (closed.more || !this.#hasOpen) return { ...place, items: closed.items, previous, more: closed.more };
    const open = await this.#open(limit - closed.items.length, 'first');
    const items = [...closed.items, ...open.items];
    if (!open.more) return { ...place, items, previous, more: false };
    return { ...place, items, next: this.#behind(place.next, open), previous, more: true };
  }

  async #backwards(): Promise<SessionPage> {
    const { feed } = this.#context;
    const { limit, before } = this.#range;
    if (!this.#hasOpen) return { ...(await this.#closed(limit)), trimmed: false };
    // Whatever ends from now on is behind it.
    const { lastId, hasAny } = this.#asksClosed
      ? await fromStore(feed.kept.end('sessions'))
      : { lastId: NO_EVENT_ID, hasAny: false };
    const edge = idIn(this.#query.until) ?? lastId;
    const open = await this.#open(limit, 'last');
    const next = this.#untilKey === null ? edge : this.#behind(edge, open);
    const [first] = open.items;
    if (first !== undefined && open.items.length === limit) {
      const more = open.more || hasAny;
      const previous = more ? cursorOf(edge, keyOf(first)) : null;
      return { items: open.items, next, previous, more, trimmed: false };
    }
    if (!this.#hasClosed) return { items: open.items, next, previous: null, more: false, trimmed: false };
    const closed = await this.#closed(limit - open.items.length, before ?? idAfter(edge));
    return { ...closed, items: [...closed.items, ...open.items], next, trimmed: false };
  }

  /** Behind an id and the last of open ones, or where they begin. */
  #behind(id: string, { items }: OpenPage): string {
    const last = items.at(-1);
    return cursorOf(id, last === undefined ? (this.#sinceKey ?? '') : keyOf(last));
  }

  #closed(limit: number, before = this.#range.before): Promise<Omit<SessionPage, 'trimmed'>> {
    const range = { ...this.#range, limit, before };
    return fromStore(this.#context.feed.kept.sessions(range, this.#wants, this.#reader));
  }

  #open(limit: number, from: SelectionEnd): Promise<OpenPage> {
    const between = { after: this.#sinceKey, before: this.#untilKey };
    const question = {
      ...between,
      server: this.#query.server,
      isChosen: this.#isChosen,
      wants: this.#wants,
      limit,
      from,
    };
    return openSessions(this.#context, question, this.#reader);
  }

  readonly #wants = (session: SessionRecord): boolean => {
    if (session.server === this.#query.server) this.#tellsOfServer = true;
    return this.#isChosen(session.server) && this.#matches(session);
  };
}

function filterOf({ until, stream, role, protocol }: SessionQuery): (session: SessionRecord) => boolean {
  const matches = stream === undefined ? () => true : streamGlob(stream);
  const untilMs = until !== undefined && 'ms' in until ? until.ms : Infinity;
  return (session) =>
    isOneOf(session.role, role) &&
    isOneOf(session.protocol, protocol) &&
    Date.parse(session.start) < untilMs &&
    matches(session.stream);
}

function idIn(position: Position | undefined): string | null {
  return position !== undefined && 'id' in position ? position.id : null;
}

/** Key of the open session that a cursor leads to; `null` where it leads to none. */
function keyIn(position: Position | undefined): string | null {
  if (position === undefined || 'ms' in position || position.rest === null) return null;
  return Buffer.from(position.rest, 'base64url').toString();
}

function cursorOf(id: string, key: string | null): string {
  return key === null ? id : `${id}~${Buffer.from(key).toString('base64url')}`;
}
