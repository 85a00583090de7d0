import { isDeepStrictEqual } from 'node:util';
import {
  isSameTick,
  MAX_SUBJECTS,
  type MessageHead,
  type ServerLabels,
  type StreamsHead,
  Succession,
  type TopicHead,
} from '@mediamtx-monitor/types';
import { Fleet, type KnownHead, type Tick } from '../tick/index.ts';

/** When a tick is offered. */
export interface OfferTime {
  /** Monotonic time in ms. */
  readonly nowMs: number;
  /** Epochs beyond it aren't obeyed. */
  readonly maxEpoch: number;
}

interface Entry<Head extends TopicHead> {
  readonly succession: Succession;
  known: KnownHead<Head>;
  /** As its newest head told them that tells of labels. */
  labels: ServerLabels;
  isGone: boolean;
  /** By topic. Those that nobody wanted lately are older than the head. */
  readonly ticks: Map<Head['type'], Tick<Head>>;
}

/** What is known of a topic at this moment, with those that are gone and without. */
interface Fleets<Head extends TopicHead> {
  readonly all: Fleet<Head>;
  readonly present: Fleet<Head>;
}

const NO_LABELS: ServerLabels = {};

/** The newest head of each server or host, and the newest ticks that are held of them. */
export class TickStore<Head extends TopicHead = MessageHead> {
  readonly #entries = new Map<string, Entry<Head>>();
  readonly #fleets = new Map<Head['type'], Fleets<Head>>();
  /** Those that are kept as they come, by topic. */
  readonly #kept = new Map<Head['type'], Set<string>>();
  #heads: readonly KnownHead<Head>[] | undefined;
  #version = 0;

  /** Is another one when anything that is known is. */
  get version(): number {
    return this.#version;
  }

  /** Whether there is room for what is known of it. */
  hasRoomFor(subject: string): boolean {
    return this.#entries.has(subject) || this.#entries.size < MAX_SUBJECTS;
  }

  /** Takes the head if its turn has come; whether it has. */
  offerHead(known: KnownHead<Head>, { nowMs, maxEpoch }: OfferTime): boolean {
    if (known.head === null) return false;
    const entry = this.#entries.get(known.subject);
    const succession = entry?.succession ?? new Succession();
    const takes = succession.takes(known.head, nowMs, maxEpoch);
    if (entry === undefined) {
      const labels = labelsIn(known.head) ?? NO_LABELS;
      this.#entries.set(known.subject, { succession, known, labels, isGone: false, ticks: new Map() });
    } else if (takes || isConfirmed(entry.known, known) || isFuller(entry.known, known)) {
      entry.known = known;
      entry.labels = labelsAfter(entry.labels, known.head);
    } else {
      return false;
    }
    this.#changed();
    return takes;
  }

  /**
   * Takes the tick if its turn has come; whether it is news. The channel may bring the tick that was read from its key:
   * then it is as new as can be, whatever clocks said. That is news only of what seemed to be gone. A bare array gives way
   * to anything.
   */
  offer(tick: Tick<Head>, time: OfferTime): boolean {
    if (tick.head === null) return this.#offerBare(tick);
    const { subject, head, receivedMs, readAt } = tick;
    // By itself, so that the array can be let go.
    this.offerHead({ subject, head, receivedMs, ...(readAt && { readAt }) }, time);
    const entry = this.#entries.get(tick.subject);
    if (entry?.known.head == null || !isSameTick(entry.known.head, tick.head)) return false;
    const held = entry.ticks.get(tick.topic);
    const isHeld = held !== undefined && isOf(held, entry.known.head);
    if (isHeld && !isConfirmed(held, tick)) return false;
    this.#set(entry, tick);
    return !isHeld || entry.isGone;
  }

  /** Takes it out of the fleets, or back in. */
  setGone(subject: string, isGone: boolean): void {
    const entry = this.#entries.get(subject);
    if (entry === undefined || entry.isGone === isGone) return;
    entry.isGone = isGone;
    this.#fleets.clear();
    this.#changed();
  }

  /** What comes of a topic is to be kept. */
  keep(topic: Head['type'], subject: string): void {
    const kept = this.#kept.get(topic) ?? new Set();
    this.#kept.set(topic, kept.add(subject));
  }

  /** Whether it is, until it is dropped. */
  isKept(topic: Head['type'], subject: string): boolean {
    return this.#kept.get(topic)?.has(subject) === true;
  }

  /** Lets go of what is held of a topic; of what has no head that is all there is to know. */
  drop(topic: Head['type'], subject: string): void {
    this.#kept.get(topic)?.delete(subject);
    const entry = this.#entries.get(subject);
    if (entry === undefined || entry.known.head === null || !entry.ticks.delete(topic)) return;
    this.#fleets.delete(topic);
    this.#changed();
  }

  /** Forgets what is known of it. */
  delete(subject: string): void {
    if (!this.#entries.delete(subject)) return;
    this.#fleets.clear();
    this.#changed();
  }

  /** The newest head of one of them. */
  known(subject: string): KnownHead<Head> | undefined {
    return this.#entries.get(subject)?.known;
  }

  /** What people put on a server to choose it by. */
  labels(subject: string): ServerLabels {
    return this.#entries.get(subject)?.labels ?? NO_LABELS;
  }

  /** The newest heads, in order of their ids; of those that are gone, too. */
  get heads(): readonly KnownHead<Head>[] {
    this.#heads ??= [...this.#entries.values()].map(({ known }) => known).sort(bySubject);
    return this.#heads;
  }

  get(topic: Head['type'], subject: string): Tick<Head> | undefined {
    return this.#entries.get(subject)?.ticks.get(topic);
  }

  /** Whether the tick of a topic that is held of it is missing, or older than its head. */
  lacks(topic: Head['type'], subject: string): boolean {
    const entry = this.#entries.get(subject);
    return entry !== undefined && isLacking(topic, entry);
  }

  /** Whether that is so of any that are chosen. */
  lacksAny(topic: Head['type'], isChosen: (subject: string) => boolean): boolean {
    for (const [subject, entry] of this.#entries) {
      if (isLacking(topic, entry) && isChosen(subject)) return true;
    }
    return false;
  }

  /** The ticks that are held of those that aren't gone. */
  fleet(topic: Head['type']): Fleet<Head> {
    return this.#fleetsOf(topic).present;
  }

  /** Of those that are gone, too. */
  all(topic: Head['type']): Fleet<Head> {
    return this.#fleetsOf(topic).all;
  }

  #fleetsOf(topic: Head['type']): Fleets<Head> {
    let fleets = this.#fleets.get(topic);
    if (fleets === undefined) {
      const held = [...this.#entries.values()].flatMap(({ ticks }) => ticks.get(topic) ?? []).sort(bySubject);
      const all = new Fleet(held);
      const present = held.filter(({ subject }) => this.#entries.get(subject)?.isGone !== true);
      fleets = { all, present: present.length === held.length ? all : new Fleet(present) };
      this.#fleets.set(topic, fleets);
    }
    return fleets;
  }

  #offerBare(tick: Tick<Head>): boolean {
    const { subject, topic, array } = tick;
    const entry = this.#entries.get(subject) ?? {
      ...{ succession: new Succession(), known: tick, labels: NO_LABELS, isGone: false },
      ticks: new Map<Head['type'], Tick<Head>>(),
    };
    if (entry.known.head !== null || entry.ticks.get(topic)?.array.equals(array) === true) return false;
    this.#entries.set(subject, entry);
    this.#set(entry, tick);
    return true;
  }

  #set({ ticks }: Entry<Head>, tick: Tick<Head>): void {
    ticks.set(tick.topic, tick);
    this.#fleets.delete(tick.topic);
    this.#changed();
  }

  #changed(): void {
    this.#heads = undefined;
    this.#version += 1;
  }
}

/** Whether what was read from its key has come as a message, too. */
function isConfirmed<Head extends TopicHead>(
  held: KnownHead<Head>,
  { head, receivedMs }: KnownHead<Head>,
): boolean {
  return held.receivedMs === null && receivedMs !== null && head !== null && isOf(held, head);
}

/** Whether it tells more of the same tick: a connections message has no labels in its head, nor what needs attention. */
function isFuller<Head extends TopicHead>(held: KnownHead<Head>, known: KnownHead<Head>): boolean {
  if (held.head?.type !== 'connections' || known.head?.type !== 'streams') return false;
  return isSameTick(held.head, known.head) && (known.receivedMs !== null || held.receivedMs === null);
}

/** The same ones as before where they are equal. */
function labelsAfter(before: ServerLabels, head: TopicHead): ServerLabels {
  const labels = labelsIn(head);
  return labels === undefined || isDeepStrictEqual(labels, before) ? before : labels;
}

/** `undefined` where a head of its kind doesn't tell them. */
function labelsIn(head: TopicHead | null): ServerLabels | undefined {
  return head?.type === 'streams' ? ((head as StreamsHead).labels ?? NO_LABELS) : undefined;
}

function isOf<Head extends TopicHead>(known: KnownHead<Head>, head: Head): boolean {
  return known.head !== null && isSameTick(known.head, head);
}

function isLacking<Head extends TopicHead>(topic: Head['type'], { known, ticks }: Entry<Head>): boolean {
  if (known.head === null) return false;
  const held = ticks.get(topic);
  return held === undefined || !isOf(held, known.head);
}

function bySubject<Head extends TopicHead>(a: KnownHead<Head>, b: KnownHead<Head>): number {
  return a.subject < b.subject ? -1 : 1;
}
