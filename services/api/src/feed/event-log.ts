import { isLaterEvent, type SubjectKind } from '@mediamtx-monitor/types';
import { Message } from '../tick/index.ts';

/** Something that happened, as it came. */
export interface LoggedEvent {
  /** Greater ones are later (`EVENT_ID`). */
  readonly id: string;
  /** Id of the server or host it is about. */
  readonly subject: string;
  /** The stream it is about; `null` when it's about none. */
  readonly stream: string | null;
  readonly json: Buffer;
}

interface EventEntry {
  readonly event: LoggedEvent;
  /** One for all who get it. */
  readonly message: Message;
}

export interface EventLogOptions {
  readonly topic: string;
  readonly about: SubjectKind;
  /** So many events are kept at most. */
  readonly maxEvents?: number;
  /** So much of their JSON is kept at most. */
  readonly maxBytes?: number;
}

const MAX_EVENTS = 10_000;
const MAX_BYTES = 16 * 1_024 * 1_024;
/** Before any event. */
const NO_EVENT = '0-0';

/**
 * The newest events of a topic, in order, kept once for all who follow them: each of those only knows the place where it
 * is, so a slow one costs nothing and loses nothing until what it has yet to get is trimmed. Places count from 0 and stay.
 */
export class EventLog {
  /** What its events are about. */
  readonly about: SubjectKind;
  readonly #topic: string;
  readonly #maxEvents: number;
  readonly #maxBytes: number;
  #entries: EventEntry[] = [];
  #bytes = 0;
  #start = 0;
  #trimmedId = NO_EVENT;

  constructor({ topic, about, maxEvents = MAX_EVENTS, maxBytes = MAX_BYTES }: EventLogOptions) {
    this.about = about;
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

  at(place: number): EventEntry | undefined {
    return this.#entries[place - this.#start];
  }

  /** Adds an event; whether it is one: what was added before isn't. */
  add(event: LoggedEvent): boolean {
    if (!isLaterEvent(event.id, this.newestId)) return false;
    const message = new Message({ type: this.#topic, id: `${this.#topic}:${event.id}`, parts: [event.json] });
    this.#entries.push({ event, message });
    this.#bytes += event.json.length;
    while (this.#entries.length > this.#maxEvents || this.#bytes > this.#maxBytes) this.#trim();
    return true;
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

  #trim(): void {
    const trimmed = this.#entries.shift();
    if (trimmed === undefined) return;
    this.#bytes -= trimmed.event.json.length;
    this.#trimmedId = trimmed.event.id;
    this.#start += 1;
  }
}
