import { EVENT_ID } from '@mediamtx-monitor/types';
import type { Feed, LoggedEvent } from '../feed/index.ts';
import { chosenBy } from '../http/server-choice.ts';
import type { Message } from '../tick/index.ts';
import { EventCursor } from './event-cursor.ts';
import type { LiveFilter } from './filter.ts';

export interface EventCursorsOptions {
  readonly feed: Feed;
  readonly filter: LiveFilter;
  /** Whether a stream of that name is wanted. */
  readonly matches: (stream: string) => boolean;
  /** What `text` was when the client was here last; without it, topics begin with what happens from now on. */
  readonly text: string | undefined;
  /** There may be something to send now. */
  readonly onMore: () => void;
}

/** Where a client is in the topics of events that it wants. */
export class EventCursors {
  readonly #cursors: readonly EventCursor[];

  constructor({ feed, filter, matches, text, onMore }: EventCursorsOptions) {
    const { ids, anyId } = idsIn(text);
    const isChosen = chosenBy(feed, filter);
    this.#cursors = filter.topics.flatMap((topic) => {
      const log = feed.log(topic);
      if (log === undefined) return [];
      const wants = (event: LoggedEvent): boolean =>
        log.about !== 'server' || (isChosen(event.subject) && isWanted(filter, matches, event));
      return [new EventCursor({ topic, log, id: ids.get(topic) ?? anyId, wants, onMore })];
    });
  }

  /** Whether it has all there is. */
  get isDone(): boolean {
    return this.#cursors.every(({ isDone }) => isDone);
  }

  /** The next message for it, which is then taken. */
  next(): Message | undefined {
    for (const cursor of this.#cursors) {
      const message = cursor.next();
      if (message !== undefined) return message;
    }
    return undefined;
  }

  /**
   * By which the client goes on from here, also on another replica: `topic:id` of each, with commas in between;
   * `undefined` while none is known.
   */
  get text(): string | undefined {
    const known = this.#cursors.flatMap(({ topic, id }) => (id === null ? [] : [`${topic}:${id}`]));
    return known.length === 0 ? undefined : known.join();
  }
}

function isWanted(
  { stream: glob }: LiveFilter,
  matches: (stream: string) => boolean,
  { stream }: LoggedEvent,
): boolean {
  return glob === undefined || (stream !== null && matches(stream));
}

/**
 * Ids of events by topic, and one that is of none, which REST tells. What is no id is left out: clients of Server-Sent
 * Events come with ids of snapshots, too.
 */
function idsIn(text = ''): { readonly ids: ReadonlyMap<string, string>; readonly anyId: string | undefined } {
  const ids = new Map<string, string>();
  let anyId: string | undefined;
  for (const part of text.split(',')) {
    if (EVENT_ID.test(part)) anyId = part;
    const [topic = '', id = ''] = part.split(':', 2);
    if (EVENT_ID.test(id)) ids.set(topic, id);
  }
  return { ids, anyId };
}
