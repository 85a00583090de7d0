import { computed, effect, signal, untracked } from '@preact/signals-core';
import { FleetFeed, type FeedPorts } from '../data/feed.ts';
import { AlertWatch } from '../model/alert-watch.ts';
import { alertModel } from './alert-model.ts';
import {
  NOTHING_SHOWN,
  NOTHING_WANTED,
  type PageMessage,
  type Shown,
  type Wanted,
  type WorkerMessage,
} from './exchange.ts';
import { fleetModel } from './fleet-model.ts';
import { withoutKnownRows } from './list-window.ts';
import { Mirror, sendChanges } from './mirror.ts';
import { StreamObserver } from './stream-observer.ts';

/** What the worker needs of the world around. */
export type FleetWorkerPorts = Omit<FeedPorts, 'url'>;

/** Holds all that comes from the API and what is made of it; sends the page what it looks at. */
export class FleetWorker {
  readonly #wanted = new Mirror<Wanted>(NOTHING_WANTED);
  readonly #observer = signal<StreamObserver | null>(null);
  readonly #wakers = new Set<() => void>();

  constructor(
    { url, token }: Extract<PageMessage, { type: 'start' }>,
    { connect, ...others }: FleetWorkerPorts,
    send: (message: WorkerMessage) => void,
  ) {
    const ports: FeedPorts = {
      ...others,
      url,
      connect: (options) => connect({ ...options, onWake: (wake) => this.#onWake(wake) }),
    };
    const feed = new FleetFeed(token, ports);
    const wanted = this.#wanted.signals;
    const { streams, staleHosts, state, ...model } = fleetModel(feed, wanted);
    effect(() => {
      const id = wanted.stream.value;
      untracked(() => {
        this.#observer.value?.close();
        this.#observer.value = id && new StreamObserver(id, { feed, streams, staleHosts, token, ports });
      });
    });
    let known = NOTHING_SHOWN.list;
    sendChanges<Shown>(
      {
        ...model,
        ...alertModel(feed, wanted),
        link: feed.link,
        isSettled: feed.isSettled,
        isUnreadable: feed.isUnreadable,
        stale: feed.measured.stale,
        ages: feed.measured.ages,
        silenceAges: feed.measured.silenceAges,
        hostAges: feed.measured.hostAges,
        stream: computed(() => this.#observer.value?.observed(wanted.viewers.value) ?? null),
      },
      ({ list, ...changes }) => {
        if (list === undefined) send({ type: 'shows', changes });
        else send({ type: 'shows', changes: { ...changes, list: withoutKnownRows(known, list) } });
        known = list ?? known;
      },
    );
    const { found } = new AlertWatch({
      fleetState: state,
      told: feed.told,
      isCurrent: feed.isSettled,
      monotonicMs: ports.monotonicMs,
    });
    // Follows on what that does, so what is shown then was sent before.
    effect(() => {
      if (found.value.length > 0) send({ type: 'alerts', alerts: found.value });
    });
  }

  take(message: Exclude<PageMessage, { type: 'start' }>): void {
    if (message.type === 'wants') this.#wanted.take(message.changes);
    else for (const wake of this.#wakers) wake();
  }

  #onWake(wake: () => void): () => void {
    this.#wakers.add(wake);
    return () => {
      this.#wakers.delete(wake);
    };
  }
}
