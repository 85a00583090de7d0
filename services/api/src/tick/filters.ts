import { streamGlob } from '@mediamtx-monitor/runtime';
import { SUBJECT_KINDS, type TopicHead } from '@mediamtx-monitor/types';
import { Filter, type Matcher, NO_NAME, type NumberedNames } from './filter.ts';
import { Message } from './message.ts';
import { Numbering } from './numbering.ts';
import { join } from './pieces.ts';
import { RecentlyAsked } from './recently-asked.ts';
import { streamOf } from './records.ts';
import type { Tick } from './tick.ts';

type AnyTick = Tick<TopicHead>;

/** What one client sees of ticks. */
export interface View {
  /** The message for it; `null` for a bare array. */
  readonly messageFor: (tick: AnyTick) => Message | null;
  /** The client doesn't look any more. */
  readonly end: () => void;
}

/** A filter that clients have. */
interface HeldFilter {
  readonly glob: string;
  readonly filter: Filter;
  readonly questions: Set<string>;
  clients: number;
}

/** So many names are numbered, beside twice as many as a tick has records: names come and go. */
const SPARE_NAMES = 4_096;
const ALL: View = { messageFor: (tick) => tick.message, end: () => undefined };

/**
 * Messages for those who want some streams only: the records that belong to streams whose name matches a glob. What a
 * filter costs a tick is a look at a byte for each record: which names match is remembered as long as clients have the
 * filter, and the JSON of a record is made once for all filters.
 */
export class Filters {
  readonly #held = new Map<string, HeldFilter>();
  readonly #messages = new RecentlyAsked<Message>(({ weight }) => weight);
  readonly #matcherOf: (glob: string) => Matcher;
  /** By topic and server. */
  readonly #numberings = new Map<string, Numbering>();
  readonly #names = new WeakMap<AnyTick, NumberedNames>();

  constructor(matcherOf: (glob: string) => Matcher = streamGlob) {
    this.#matcherOf = matcherOf;
  }

  /** @param glob `undefined` for all streams */
  view(glob: string | undefined): View {
    if (glob === undefined) return ALL;
    const held = this.#held.get(glob) ?? this.#hold(glob);
    held.clients += 1;
    let isOpen = true;
    return {
      messageFor: (tick) => this.#messageFor(tick, held),
      end: () => {
        if (isOpen) this.#release(held);
        isOpen = false;
      },
    };
  }

  /** The JSON of such a message, for whoever asks once; `null` for a bare array. */
  json(tick: AnyTick, glob: string): Buffer | null {
    const parts = this.#partsOf(tick, this.#held.get(glob)?.filter ?? this.#filterOf(glob));
    return parts && join(parts);
  }

  #hold(glob: string): HeldFilter {
    const held = { glob, filter: this.#filterOf(glob), questions: new Set<string>(), clients: 0 };
    this.#held.set(glob, held);
    return held;
  }

  #filterOf(glob: string): Filter {
    return new Filter(this.#matcherOf(glob));
  }

  #messageFor(tick: AnyTick, held: HeldFilter): Message | null {
    const { head, message } = tick;
    // Hosts belong to no stream.
    if (head === null || message === null || SUBJECT_KINDS[tick.topic] === 'host') return message;
    const question = `${tick.topic} ${tick.subject} ${held.glob}`;
    held.questions.add(question);
    return this.#messages.get(question, tick.revision, () => {
      const parts = this.#partsOf(tick, held.filter) ?? [];
      return new Message({ head, parts, clients: () => held.clients, isForAll: false });
    });
  }

  #partsOf(tick: AnyTick, filter: Filter): readonly Buffer[] | null {
    return tick.partsWith(filter.placesIn(this.#namesIn(tick)));
  }

  /** Once a tick for all filters. */
  #namesIn(tick: AnyTick): NumberedNames {
    const known = this.#names.get(tick);
    if (known !== undefined) return known;
    const { records, subject, topic } = tick;
    const key = `${topic} ${subject}`;
    let numbering = this.#numberings.get(key) ?? new Numbering();
    if (numbering.size > SPARE_NAMES + 2 * records.length) numbering = new Numbering();
    this.#numberings.set(key, numbering);
    const numbers = Int32Array.from(records, (record) => {
      const name = streamOf(topic, record);
      return name === null ? NO_NAME : numbering.numberOf(name);
    });
    const names = { numbering, numbers };
    this.#names.set(tick, names);
    return names;
  }

  #release(held: HeldFilter): void {
    held.clients -= 1;
    if (held.clients > 0) return;
    this.#held.delete(held.glob);
    for (const question of held.questions) this.#messages.delete(question);
  }
}
