import { EVENT_ID, type EventsTrimmedMessage, isLaterEvent, type SubjectKind } from '@mediamtx-monitor/types';
import type { EventLog, Feed, LoggedEvent } from '../feed/index.ts';
import { Message } from '../tick/index.ts';
import type { LiveFilter } from './filter.ts';

/** Where a client is in a topic of events. */
interface Cursor {
  readonly topic: string;
  readonly log: EventLog;
  /** Of the next event. */
  place: number;
  /** Of the last event that it has, or has no use for. */
  id: string;
}

export interface EventCursorsOptions {
  readonly feed: Feed;
  readonly filter: LiveFilter;
  /** Whether a stream of that name is wanted. */
  readonly matches: (stream: string) => boolean;
  /** What `text` was when the client was here last; without it, topics begin with what happens from now on. */
  readonly text: string | undefined;
}

/** Where a client is in the topics of events that it wants. */
export class EventCursors {
  readonly #filter: LiveFilter;
  readonly #matches: (stream: string) => boolean;
  readonly #cursors: readonly Cursor[];

  constructor({ feed, filter, matches, text }: EventCursorsOptions) {
    this.#filter = filter;
    this.#matches = matches;
    const ids = idsIn(text);
    this.#cursors = filter.topics.flatMap((topic) => {
      const log = feed.log(topic);
      if (log === undefined) return [];
      const id = ids.get(topic) ?? log.newestId;
      return [{ topic, log, id, place: log.placeAfter(id) }];
    });
  }

  /** Whether it has all there is. */
  get isDone(): boolean {
    return this.#cursors.every(({ log, place }) => place === log.end);
  }

  /** The next message for it, which is then taken. */
  next(): Message | undefined {
    for (const cursor of this.#cursors) {
      const { log } = cursor;
      if (cursor.place < log.start) return trimmed(cursor);
      while (cursor.place < log.end) {
        const entry = log.at(cursor.place);
        cursor.place += 1;
        if (entry === undefined || !isLaterEvent(entry.event.id, cursor.id)) continue;
        cursor.id = entry.event.id;
        if (this.#wants(entry.event, log.about)) return entry.message;
      }
    }
    return undefined;
  }

  /** By which the client goes on from here, also on another replica: `topic:id` of each, with commas in between. */
  get text(): string {
    return this.#cursors.map(({ topic, id }) => `${topic}:${id}`).join();
  }

  #wants({ subject, stream }: LoggedEvent, about: SubjectKind): boolean {
    const { server, stream: glob } = this.#filter;
    if (about === 'host') return true;
    if (server !== undefined && server !== subject) return false;
    return glob === undefined || (stream !== null && this.#matches(stream));
  }
}

/** Says what the client doesn't get any more, and goes on behind that. */
function trimmed(cursor: Cursor): Message {
  const { topic, log, id } = cursor;
  const message: EventsTrimmedMessage = {
    type: 'events.trimmed',
    topic,
    after: id,
    until: log.trimmedId,
  };
  cursor.place = log.start;
  cursor.id = log.trimmedId;
  return new Message({ type: message.type, parts: [Buffer.from(JSON.stringify(message))] });
}

/** Ids of events by topic. What is none is left out: clients come with ids of snapshots, too. */
function idsIn(text = ''): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const part of text.split(',')) {
    const [topic = '', id = ''] = part.split(':', 2);
    if (EVENT_ID.test(id)) ids.set(topic, id);
  }
  return ids;
}
