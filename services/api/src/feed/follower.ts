import type { Clock } from '@mediamtx-monitor/runtime';
import { staleAfterMs, type TopicHead } from '@mediamtx-monitor/types';
import { isSilent, type KnownHead } from '../tick/index.ts';

/** After a request, or when a client has gone, the next one may come soon. */
const LINGER_MS = 60_000;

interface Demand {
  /** Live clients that are here, and older publishers. */
  holders: number;
  /** Monotonic time at which somebody wanted it last, in ms. */
  lastMs: number;
  isFollowed: boolean;
}

export interface FollowerOptions<Name extends string> {
  readonly clock: Clock;
  /** What publishers publish that publish no head by itself. */
  readonly leading: Name;
  /** Whether a topic's channel is to be subscribed to from now on. */
  readonly follow: (topic: Name, isFollowed: boolean) => void;
  /** `review` is to be called in so many ms. */
  readonly ringWithin: (ms: number) => void;
}

/** Decides which topics are followed: those that a live client wants, or somebody wanted in the last minute. */
export class Follower<Name extends string> {
  readonly #options: FollowerOptions<Name>;
  readonly #demands = new Map<Name, Demand>();
  /** Monotonic time at which a head came by itself, by subject. */
  readonly #headMs = new Map<string, number>();
  /** Those whose collector, of 0.2 or before, publishes no heads by themselves. */
  readonly #older = new Set<string>();

  constructor(options: FollowerOptions<Name>) {
    this.#options = options;
  }

  /** Topics that are followed. */
  get followed(): readonly Name[] {
    return [...this.#demands].flatMap(([topic, { isFollowed }]) => (isFollowed ? [topic] : []));
  }

  /** A request wants it. */
  want(topic: Name): void {
    const demand = this.#demandOf(topic);
    demand.lastMs = this.#options.clock.monotonicMs();
    this.#set(topic, demand, true);
  }

  /** A client wants it, until it is released. */
  hold(topic: Name): void {
    this.want(topic);
    this.#demandOf(topic).holders += 1;
  }

  /** The client is gone; it may be back in a moment. */
  release(topic: Name): void {
    this.#demandOf(topic).holders -= 1;
    this.want(topic);
  }

  /** A head came by itself. */
  headCame(subject: string): void {
    this.#headMs.set(subject, this.#options.clock.monotonicMs());
    this.#setOlder(subject, false);
  }

  /** Nobody publishes about it any more. */
  delete(subject: string): void {
    this.#headMs.delete(subject);
    this.#setOlder(subject, false);
  }

  /** Looks at something that is published: if no head came by itself, its messages are followed in the place of heads. */
  look(known: KnownHead<TopicHead>): void {
    const { clock } = this.#options;
    const { subject, head } = known;
    if (head === null) return;
    const sinceMs = clock.monotonicMs() - (this.#headMs.get(subject) ?? -Infinity);
    this.#setOlder(subject, sinceMs > staleAfterMs(head.intervalMs) && !isSilent(known, clock));
  }

  /** Leaves what nobody wants any more. Time in ms until something else may be left. */
  review(): number {
    const nowMs = this.#options.clock.monotonicMs();
    let untilMs = Infinity;
    for (const [topic, demand] of this.#demands) {
      if (!demand.isFollowed || demand.holders > 0) continue;
      const leftMs = demand.lastMs + LINGER_MS - nowMs;
      if (leftMs < 0) this.#set(topic, demand, false);
      else untilMs = Math.min(untilMs, leftMs + 1);
    }
    return untilMs;
  }

  #setOlder(subject: string, isOlder: boolean): void {
    if (this.#older.has(subject) === isOlder) return;
    const demand = this.#demandOf(this.#options.leading);
    if (isOlder) this.#older.add(subject);
    else this.#older.delete(subject);
    demand.holders += isOlder ? 1 : -1;
    if (isOlder) this.#set(this.#options.leading, demand, true);
    else this.#options.ringWithin(0);
  }

  #set(topic: Name, demand: Demand, isFollowed: boolean): void {
    if (demand.isFollowed === isFollowed) return;
    demand.isFollowed = isFollowed;
    this.#options.follow(topic, isFollowed);
    this.#options.ringWithin(LINGER_MS + 1);
  }

  #demandOf(topic: Name): Demand {
    let demand = this.#demands.get(topic);
    if (demand === undefined) {
      demand = { holders: 0, lastMs: -Infinity, isFollowed: false };
      this.#demands.set(topic, demand);
    }
    return demand;
  }
}
