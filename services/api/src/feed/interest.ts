import type { Clock } from '@mediamtx-monitor/runtime';

/** After a request, or when a client has gone, the next one may come soon. */
const LINGER_MS = 60_000;

/** Which servers or hosts are meant. */
export interface Choice {
  /** The same text for choices that mean the same. */
  readonly key: string;
  /** Tells it by what is known at that moment. */
  readonly isChosen: (subject: string) => boolean;
}

/** The same without its name, where nothing is remembered of it. */
export type Chosen = Pick<Choice, 'isChosen'>;

/** All of them. */
export const ALL: Choice = { key: 'all', isChosen: () => true };

/** One of them. */
export function only(subject: string): Choice {
  return { key: `only ${subject}`, isChosen: (other) => other === subject };
}

/** What somebody wants of a topic. */
interface Want<Topic> {
  readonly topic: Topic;
  readonly choice: Choice;
  /** Live clients that are here. */
  clients: number;
  /** Monotonic time at which somebody wanted it last, in ms. */
  lastMs: number;
  /** Those that are chosen; of those that aren't any more, since when (monotonic time in ms). */
  readonly subjects: Map<string, number | null>;
}

export interface InterestOptions<Topic> {
  readonly clock: Pick<Clock, 'monotonicMs'>;
  /** Whether a topic of one of them is wanted from now on. */
  readonly onChange: (topic: Topic, subject: string, isWanted: boolean) => void;
  /** `review` is to be called in so many ms. */
  readonly ringWithin: (ms: number) => void;
}

/** Knows which topics of which servers a live client wants, or somebody wanted in the last minute. */
export class Interest<Topic extends string> {
  readonly #options: InterestOptions<Topic>;
  readonly #wants = new Map<string, Want<Topic>>();
  readonly #known = new Set<string>();
  /** By topic and subject: how many want it. */
  readonly #counts = new Map<Topic, Map<string, number>>();

  constructor(options: InterestOptions<Topic>) {
    this.#options = options;
  }

  /** A request wants it. */
  want(topic: Topic, choice: Choice): void {
    this.#wantOf(topic, choice).lastMs = this.#nowMs;
  }

  /** A client wants it, until it calls what is returned; it may be back in a moment. */
  hold(topics: readonly Topic[], choice: Choice): () => void {
    const wants = topics.map((topic) => this.#wantOf(topic, choice));
    for (const want of wants) want.clients += 1;
    return () => {
      for (const want of wants.splice(0)) {
        want.clients -= 1;
        want.lastMs = this.#nowMs;
        this.#options.ringWithin(LINGER_MS + 1);
      }
    };
  }

  /** It is known from now on, or what it is chosen by is another. */
  see(subject: string): void {
    this.#known.add(subject);
    for (const want of this.#wants.values()) this.#sort(want, subject);
  }

  /** It isn't known any more. */
  forget(subject: string): void {
    if (!this.#known.delete(subject)) return;
    for (const want of this.#wants.values()) this.#remove(want, subject);
  }

  /** Whether it is wanted, or would be if it were known. */
  isWanted(topic: Topic, subject: string): boolean {
    if (this.#known.has(subject)) return this.#counts.get(topic)?.has(subject) === true;
    return [...this.#wants.values()].some((want) => want.topic === topic && want.choice.isChosen(subject));
  }

  /** Those of which a topic is wanted. */
  wantedOf(topic: Topic): readonly string[] {
    return [...(this.#counts.get(topic)?.keys() ?? [])];
  }

  /** Ends what nobody wants any more. Time in ms until something else may end. */
  review(): number {
    const oldestMs = this.#nowMs - LINGER_MS;
    let untilMs = Infinity;
    const isOver = (sinceMs: number): boolean => {
      if (sinceMs < oldestMs) return true;
      untilMs = Math.min(untilMs, sinceMs - oldestMs + 1);
      return false;
    };
    for (const [key, want] of this.#wants) {
      const isEnded = want.clients === 0 && isOver(want.lastMs);
      if (isEnded) this.#wants.delete(key);
      for (const [subject, leftMs] of want.subjects) {
        if (isEnded || (leftMs !== null && isOver(leftMs))) this.#remove(want, subject);
      }
    }
    return untilMs;
  }

  #wantOf(topic: Topic, choice: Choice): Want<Topic> {
    const key = `${topic} ${choice.key}`;
    const there = this.#wants.get(key);
    if (there !== undefined) return there;
    const want = { topic, choice, clients: 0, lastMs: this.#nowMs, subjects: new Map<string, null>() };
    this.#wants.set(key, want);
    for (const subject of this.#known) this.#sort(want, subject);
    this.#options.ringWithin(LINGER_MS + 1);
    return want;
  }

  /** What leaves a choice is let go a minute later: who chose it has to see that it left. */
  #sort(want: Want<Topic>, subject: string): void {
    const { choice, subjects } = want;
    const leftMs = subjects.get(subject);
    if (choice.isChosen(subject)) {
      if (leftMs === undefined) this.#count(want.topic, subject, 1);
      if (leftMs !== null) subjects.set(subject, null);
    } else if (leftMs === null) {
      subjects.set(subject, this.#nowMs);
      this.#options.ringWithin(LINGER_MS + 1);
    }
  }

  #remove({ topic, subjects }: Want<Topic>, subject: string): void {
    if (subjects.delete(subject)) this.#count(topic, subject, -1);
  }

  #count(topic: Topic, subject: string, change: 1 | -1): void {
    const counts = this.#counts.get(topic) ?? new Map<string, number>();
    this.#counts.set(topic, counts);
    const before = counts.get(subject) ?? 0;
    const now = before + change;
    if (now === 0) counts.delete(subject);
    else counts.set(subject, now);
    if (before === 0 || now === 0) this.#options.onChange(topic, subject, now > 0);
  }

  get #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
