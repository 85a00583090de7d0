import { type EventsTrimmedMessage, isLaterEvent } from '@mediamtx-monitor/types';
import type { EventLog, LoggedEvent, OlderPage } from '../feed/index.ts';
import { Message } from '../tick/index.ts';

export interface EventCursorOptions {
  readonly topic: string;
  readonly log: EventLog;
  /** Where the client was when it was here last; with what happens from now on, unless given. */
  readonly id: string | undefined;
  readonly wants: (event: LoggedEvent) => boolean;
  /** There may be something for it now. */
  readonly onMore: () => void;
}

/** A cursor that is ahead of the log after so many looks at all there is, was told by one that is no more. */
const LOOKS = 2;

/** Where a client is in a topic of events. */
export class EventCursor {
  readonly topic: string;
  readonly #log: EventLog;
  readonly #wants: (event: LoggedEvent) => boolean;
  readonly #onMore: () => void;
  readonly #looksBefore: number;
  /** Of the next event in the log. */
  #place: number;
  /** Of the last event that it has, or has no use for. */
  #id: string;
  /** Whether it begins with now, and isn't known yet where that is. */
  #isNew: boolean;
  /** Whether the client brought it, and it isn't known yet whether it is kept. */
  #isUnproven: boolean;
  #rewinds: number;
  /** What was read that is older than the log. */
  #older: OlderPage | undefined;
  /** Of the next event in it. */
  #olderPlace = 0;
  /** Whether it wanted nothing of what was read last. */
  #isIdle = false;
  #isReading = false;

  constructor({ topic, log, id, wants, onMore }: EventCursorOptions) {
    this.topic = topic;
    this.#log = log;
    this.#wants = wants;
    this.#onMore = onMore;
    this.#looksBefore = log.looks;
    this.#id = id ?? log.newestId;
    this.#isNew = id === undefined && !log.isReady;
    this.#isUnproven = id !== undefined;
    this.#place = log.placeAfter(this.#id);
    this.#rewinds = log.rewinds;
  }

  /** Of the last event that it has, or has no use for; `null` while it isn't known where now is. */
  get id(): string | null {
    return this.#isNew ? null : this.#id;
  }

  /** Whether it has all there is. */
  get isDone(): boolean {
    const log = this.#log;
    if (!log.isReady) return true;
    return this.#rewinds === log.rewinds && this.#place === log.end && this.#older === undefined;
  }

  /** The next message for it, which is then taken; `undefined` where there is none yet. */
  next(): Message | undefined {
    if (!this.#log.isReady) return undefined;
    if (this.#isNew) this.#goTo(this.#log.newestId);
    this.#isNew = false;
    return (
      this.#afterRewind() ??
      this.#whenAhead() ??
      this.#whenUnknown() ??
      this.#nextOlder() ??
      this.#nextOfLog()
    );
  }

  /** What is kept went back: says so if the client has more, and goes on where it is the same. */
  #afterRewind(): Message | undefined {
    const log = this.#log;
    if (this.#rewinds === log.rewinds) return undefined;
    const fork = log.forkSince(this.#rewinds);
    this.#rewinds = log.rewinds;
    this.#older = undefined;
    if (isLaterEvent(this.#id, fork)) return this.#trimmed(fork);
    this.#place = log.placeAfter(this.#id);
    return undefined;
  }

  /** Another replica may have been ahead for a moment; an id that nothing has after a while is of no use. */
  #whenAhead(): Message | undefined {
    const { newestId, looks } = this.#log;
    if (!isLaterEvent(this.#id, newestId) || looks < this.#looksBefore + LOOKS) return undefined;
    return this.#trimmed(newestId);
  }

  /** What is kept went back while the client was away, and went on since: some of what came after may be lost. */
  #whenUnknown(): Message | undefined {
    if (!this.#isUnproven || isLaterEvent(this.#id, this.#log.newestId)) return undefined;
    const isKnown = this.#log.knows(this.#id) ?? this.#older?.isKnown;
    if (isKnown === undefined) return undefined;
    this.#isUnproven = false;
    return isKnown ? undefined : this.#trimmed(this.#id);
  }

  #nextOlder(): Message | undefined {
    const older = this.#older;
    if (older === undefined) return undefined;
    const { trimmedUntil, events, untilId } = older;
    if (trimmedUntil !== null && isLaterEvent(trimmedUntil, this.#id)) return this.#trimmed(trimmedUntil);
    while (this.#olderPlace < events.length) {
      const event = events[this.#olderPlace];
      this.#olderPlace += 1;
      if (event === undefined) continue;
      this.#id = event.id;
      if (!this.#wants(event)) continue;
      this.#isIdle = false;
      return this.#log.messageOf(event);
    }
    this.#older = undefined;
    if (isLaterEvent(untilId, this.#id)) this.#id = untilId;
    return undefined;
  }

  #nextOfLog(): Message | undefined {
    const log = this.#log;
    if (this.#place < log.start) this.#place = log.placeAfter(this.#id);
    if (this.#place < log.start) {
      void this.#read();
      return undefined;
    }
    while (this.#place < log.end) {
      const event = log.at(this.#place);
      const message = log.messageAt(this.#place);
      this.#place += 1;
      if (event === undefined || !isLaterEvent(event.id, this.#id)) continue;
      this.#id = event.id;
      if (this.#wants(event)) return message;
    }
    return undefined;
  }

  async #read(): Promise<void> {
    if (this.#isReading) return;
    this.#isReading = true;
    const [log, id, rewinds] = [this.#log, this.#id, this.#rewinds];
    const page = await log.readOlder(id, log.trimmedId, this.#isIdle);
    this.#isReading = false;
    // Where nothing could be read, it is asked for again when the client is looked after.
    if (page === undefined || rewinds !== log.rewinds) return;
    this.#older = page;
    this.#isIdle = true;
    this.#olderPlace = 0;
    this.#onMore();
  }

  /** Says what the client doesn't get any more, and goes on behind that. */
  #trimmed(until: string): Message {
    const { topic } = this;
    const message: EventsTrimmedMessage = { type: 'events.trimmed', topic, after: this.#id, until };
    this.#isUnproven = false;
    this.#goTo(until);
    // With an id of its own: who is cut off behind it isn't told so again.
    const id = `${topic}:${until}`;
    return new Message({ type: message.type, id, parts: [Buffer.from(JSON.stringify(message))] });
  }

  #goTo(id: string): void {
    this.#id = id;
    this.#place = this.#log.placeAfter(id);
  }
}
