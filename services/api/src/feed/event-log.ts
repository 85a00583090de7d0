import { isIdOfEvent, isLaterEvent, NO_EVENT_ID, type SubjectKind } from '@mediamtx-monitor/types';
import { Message } from '../tick/index.ts';

/** Something that happened, as it came. */
export interface LoggedEvent {
  /** Greater ones are later (`EVENT_ID`). */
  readonly id: string;
  /** Id of the server or host it is about. */
  readonly subject: string;
  /** The stream it is about; `null` when it's about none. */
  readonly stream: string | null;
  /** The whole message about it. */
  readonly json: Buffer;
}

/** Events that aren't in the log any more, and follow one another. */
export interface OlderPage {
  /** Some before the first of them are lost, up to this id; `null` where none is. */
  readonly trimmedUntil: string | null;
  /** Whether the id that they come after is kept itself, or was. */
  readonly isKnown: boolean;
  readonly events: readonly LoggedEvent[];
  /** Up to which id they are all there is. */
  readonly untilId: string;
}

/**
 * Reads those that come after an id, a page of them; `undefined` where they can't be read now. Never rejects.
 * @param logStart id before the first that the log has
 * @param isIdle whether nothing was wanted of the last page
 */
export type ReadOlder = (after: string, logStart: string, isIdle?: boolean) => Promise<OlderPage | undefined>;

export interface EventLogOptions {
  readonly topic: string;
  readonly about: SubjectKind;
  readonly readOlder: ReadOlder;
  /** So many events are kept at most. */
  readonly maxEvents?: number;
  /** So much of their JSON is kept at most. */
  readonly maxBytes?: number;
}

export const MAX_LOG_EVENTS = 10_000;
export const MAX_LOG_BYTES = 16 * 1_024 * 1_024;

interface EventEntry {
  readonly event: LoggedEvent;
  /** One for all who get it. */
  readonly message: Message;
}

/**
 * The newest events of a topic, in order, kept once for all who follow them: each of those only knows the place where it
 * is, so a slow one costs nothing; what was trimmed before it could take it, it reads. Places count from 0 and stay.
 */
export class EventLog {
  /** What its events are about. */
  readonly about: SubjectKind;
  readonly readOlder: ReadOlder;
  readonly #topic: string;
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #entries: EventEntry[] = [];
  #bytes = 0;
  #start = 0;
  #trimmedId = NO_EVENT_ID;
  #isReady = false;
  #looks = 0;
  /** For each time that what is kept went back: the least id behind which it has gone on since. */
  #forks: string[] = [];

  constructor({
    topic,
    about,
    readOlder,
    maxEvents = MAX_LOG_EVENTS,
    maxBytes = MAX_LOG_BYTES,
  }: EventLogOptions) {
    this.about = about;
    this.readOlder = readOlder;
    this.#topic = topic;
    this.#maxEvents = maxEvents;
    this.#maxBytes = maxBytes;
  }

  /** Place of the first event that is kept. */
  get start(): number {
    return this.#start;
  }

  /** Place of the next event to come. */
  get end(): number {
    return this.#start + this.#entries.length;
  }

  /** Id of the last event that was trimmed. */
  get trimmedId(): string {
    return this.#trimmedId;
  }

  /** Id of the newest event. */
  get newestId(): string {
    return this.#entries.at(-1)?.event.id ?? this.#trimmedId;
  }

  /** Whether it is known where it begins. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** How often it was found to have all there is. */
  get looks(): number {
    return this.#looks;
  }

  /** How often what is kept went back. */
  get rewinds(): number {
    return this.#forks.length;
  }

  /** The least id behind which it has gone on since it had been rewound so often. */
  forkSince(rewinds: number): string {
    return this.#forks[rewinds] ?? this.newestId;
  }

  at(place: number): LoggedEvent | undefined {
    return this.#entries[place - this.#start]?.event;
  }

  messageAt(place: number): Message | undefined {
    return this.#entries[place - this.#start]?.message;
  }

  /** An event's message; one of the log's own is there once for all. */
  messageOf(event: LoggedEvent): Message {
    return new Message({ type: this.#topic, id: `${this.#topic}:${event.id}`, parts: [event.json] });
  }

  /** Adds an event; whether it is one: what was added before isn't. */
  add(event: LoggedEvent): boolean {
    if (!isLaterEvent(event.id, this.newestId)) return false;
    this.#entries.push({ event, message: this.messageOf(event) });
    this.#bytes += event.json.length;
    while (this.#entries.length > this.#maxEvents || this.#bytes > this.#maxBytes) this.#trim();
    return true;
  }

  /** It has all that there was a moment ago. */
  looked(): void {
    this.#looks += 1;
  }

  /** Forgets all: what comes next comes after this id. Those who follow read what is in between. */
  skipTo(id: string): void {
    // Behind the place of those who had all until now: there is something in between for them, too.
    this.#start = this.end + 1;
    this.#entries = [];
    this.#bytes = 0;
    this.#trimmedId = id;
    this.#isReady = true;
  }

  /** What is kept went back, and goes on behind this id: all that came after it never happened. Places are new. */
  rewind(forkId: string): void {
    const end = this.end;
    this.#entries = this.#entries.filter(({ event }) => !isLaterEvent(event.id, forkId));
    this.#bytes = this.#entries.reduce((sum, { event }) => sum + event.json.length, 0);
    if (isLaterEvent(this.#trimmedId, forkId)) this.#trimmedId = forkId;
    this.#start = end;
    this.#forks = [...this.#forks.map((id) => (isLaterEvent(id, forkId) ? forkId : id)), forkId];
  }

  /** Place of the first event after the one of this id, as far as it is kept; before the start where some isn't. */
  placeAfter(id: string): number {
    if (isLaterEvent(this.#trimmedId, id)) return this.#start - 1;
    let [low, high] = [0, this.#entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && isLaterEvent(entry.event.id, id)) high = middle;
      else low = middle + 1;
    }
    return this.#start + low;
  }

  /** Whether an event of this id is kept, or was; `undefined` where only Redis knows. */
  knows(id: string): boolean | undefined {
    if (!isIdOfEvent(id) || id === this.#trimmedId) return true;
    if (!isLaterEvent(id, this.#trimmedId)) return undefined;
    return this.at(this.placeAfter(id) - 1)?.id === id;
  }

  #trim(): void {
    const trimmed = this.#entries.shift();
    if (trimmed === undefined) return;
    this.#bytes -= trimmed.event.json.length;
    this.#trimmedId = trimmed.event.id;
    this.#start += 1;
  }
}
