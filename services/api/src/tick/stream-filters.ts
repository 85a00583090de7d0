import { streamGlob } from '@mediamtx-monitor/runtime';
import { TOPIC_DECLARATIONS, type TopicHead } from '@mediamtx-monitor/types';
import { Cache } from './cache.ts';
import { Message } from './message.ts';
import { join } from './parts.ts';
import { streamOf } from './records.ts';
import type { Tick } from './tick.ts';

/** A test for stream names. */
type Matcher = (name: string) => boolean;

type AnyTick = Tick<TopicHead>;

/** What a client gets that wants some streams only. */
export interface FilteredView {
  /** The message for it; `null` where there is none for anyone. */
  readonly messageFor: (tick: AnyTick) => Message | null;
  /** Whether a stream of that name is wanted. */
  readonly matches: (stream: string) => boolean;
  /** The client wants something else, or has gone. */
  readonly end: () => void;
}

/** A filter that clients have. */
interface HeldFilter {
  readonly glob: string;
  readonly filter: StreamFilter;
  readonly questions: Set<string>;
  clients: number;
}

/** So many names are numbered, beside twice as many as a tick has records: names come and go. */
const SPARE_NAMES = 4_096;

/**
 * Messages for those who want some streams only: the records that belong to streams whose name matches a glob. What a
 * filter costs a tick is a look at a byte for each record: which names match is remembered as long as clients have the
 * filter, and the JSON of a record is made once for all filters.
 */
export class StreamFilters {
  readonly #held = new Map<string, HeldFilter>();
  readonly #messages = new Cache<Message>(({ weight }) => weight);
  readonly #matcherOf: (glob: string) => Matcher;
  /** By topic and server. */
  readonly #numberings = new Map<string, Numbering>();
  readonly #names = new WeakMap<AnyTick, NumberedNames>();

  constructor(matcherOf: (glob: string) => Matcher = streamGlob) {
    this.#matcherOf = matcherOf;
  }

  /** Has a client get streams whose name matches the glob. */
  view(glob: string): FilteredView {
    const held = this.#held.get(glob) ?? this.#hold(glob);
    held.clients += 1;
    let isOpen = true;
    return {
      messageFor: (tick) => this.#messageFor(tick, held),
      matches: (stream) => held.filter.matches(stream),
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

  #filterOf(glob: string): StreamFilter {
    return new StreamFilter(this.#matcherOf(glob));
  }

  #messageFor(tick: AnyTick, held: HeldFilter): Message | null {
    const { topic, message, revision: id } = tick;
    // Hosts belong to no stream, and alerts are told whole.
    if (message === null || TOPIC_DECLARATIONS[topic].subject !== 'server') return message;
    const question = `${topic} ${tick.subject} ${held.glob}`;
    held.questions.add(question);
    return this.#messages.get(question, id, () => {
      const parts = this.#partsOf(tick, held.filter) ?? [];
      return new Message({ type: topic, id, parts, clients: () => held.clients });
    });
  }

  #partsOf(tick: AnyTick, filter: StreamFilter): readonly Buffer[] | null {
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

/** The stream names of a tick's records, by their numbers. */
interface NumberedNames {
  readonly numbering: Numbering;
  /** Of each record; NO_NAME for one that belongs to no stream. */
  readonly numbers: Int32Array;
}

const NO_NAME = -1;

/** What is known of a name. */
const UNKNOWN = 0;
const OUT = 1;
const IN = 2;

/** A test for stream names that remembers which names match: one byte for each. */
class StreamFilter {
  readonly #matches: Matcher;
  /** By numbering: what is known of names goes with their numbers. */
  readonly #verdicts = new WeakMap<Numbering, Uint8Array>();

  constructor(matches: Matcher) {
    this.#matches = matches;
  }

  matches(name: string): boolean {
    return this.#matches(name);
  }

  /** Places of the records that belong to matching streams. */
  placesIn({ numbering, numbers }: NumberedNames): readonly number[] {
    const verdicts = this.#verdictsOf(numbering);
    const places: number[] = [];
    for (let place = 0; place < numbers.length; place += 1) {
      const number = numbers[place] ?? NO_NAME;
      if (number === NO_NAME) continue;
      if (verdicts[number] === UNKNOWN) verdicts[number] = this.#matches(numbering.nameOf(number)) ? IN : OUT;
      if (verdicts[number] === IN) places.push(place);
    }
    return places;
  }

  #verdictsOf(numbering: Numbering): Uint8Array {
    const known = this.#verdicts.get(numbering);
    if (known !== undefined && known.length >= numbering.size) return known;
    const verdicts = new Uint8Array(numbering.size + SPARE);
    verdicts.set(known ?? []);
    this.#verdicts.set(numbering, verdicts);
    return verdicts;
  }
}

/** Room for names to come, so that not each of them takes a new array. */
const SPARE = 256;

/** Numbers names from 0 on, so that what is known of each can stand in a plain array. */
class Numbering {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];

  /** How many names have a number. */
  get size(): number {
    return this.#names.length;
  }

  /** The number of a name, which gets one where it has none. */
  numberOf(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    const number = this.#names.push(name) - 1;
    this.#numbers.set(name, number);
    return number;
  }

  nameOf(number: number): string {
    return this.#names[number] ?? '';
  }
}
