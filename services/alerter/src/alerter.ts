import type { Clock, Logger, StreamEntry } from '@mediamtx-monitor/runtime';
import type { RedisNames, TargetStatus } from '@mediamtx-monitor/types';
import { type AlerterFacts, alerterFacts, type SavedTick, statusLine } from './alerter-facts.ts';
import type { CommandReader } from './commands/index.ts';
import type { Decider, TickDecision } from './decide.ts';
import type { HeartbeatCaller } from './heartbeat/index.ts';
import type { Delivery } from './delivery-port.ts';
import type { AlerterState, AlertMoment } from './model.ts';
import type { LiveObserver, Sight } from './observe/index.ts';
import { firingFor, targetStatus } from './plan/index.ts';
import type { AlertsContent, AlertsPublisher } from './publish/index.ts';
import type { StateStore } from './store/index.ts';
import { type AlerterRole, AlerterLog } from './alerter-log.ts';
import { TriesWatch } from './tries-watch.ts';

/** The stages of a tick, each already wired to its edge. */
export interface AlerterOptions {
  readonly observer: LiveObserver;
  readonly store: StateStore;
  readonly commands: CommandReader;
  readonly decider: Decider;
  readonly publisher: AlertsPublisher;
  readonly delivery: Delivery;
  /** `null` = nobody waits for one. */
  readonly heartbeat: HeartbeatCaller | null;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Told of each tick that is saved. */
  readonly onSaved: (tick: SavedTick) => void;
}

/** About so many entries the log of notifications has at most. */
const MAX_NOTIFICATIONS = 10_000;

/** One alerter: read → observe → decide → save → publish → deliver, each second, while it is the active one. */
export class Alerter {
  readonly #options: AlerterOptions;
  readonly #log: AlerterLog;
  readonly #tries: TriesWatch;
  #role: AlerterRole = 'blind';
  #last: SavedTick | null = null;

  constructor(options: AlerterOptions) {
    this.#options = options;
    this.#log = new AlerterLog(options.logger);
    this.#tries = new TriesWatch(options.clock);
  }

  get role(): AlerterRole {
    return this.#role;
  }

  /** How targets do; none while it isn't active. */
  get statuses(): readonly TargetStatus[] {
    return this.#last === null ? [] : this.#statusesIn(this.#last.decision.state, this.#last.moment);
  }

  /** What the health port says. */
  get facts(): AlerterFacts {
    const { store, heartbeat, clock } = this.#options;
    return {
      ...alerterFacts(this.#role, this.#last, this.statuses),
      lastSavedAgoMs: store.savedAtMs === null ? null : Math.round(clock.monotonicMs() - store.savedAtMs),
      failure: store.failure,
      filesDiffer: store.doFilesDiffer,
      heartbeat: heartbeat && (this.#role === 'standby' ? 'standby' : heartbeat.status),
    };
  }

  /** How it goes, in one line for the operator. */
  get status(): string {
    return statusLine(this.facts);
  }

  /** One tick. Never rejects unless there is a mistake here. */
  async tick(): Promise<void> {
    const { store, observer, delivery, decider, clock } = this.#options;
    const startedMs = clock.monotonicMs();
    const isFirst = store.state === null;
    const before = store.state ?? (await store.take());
    this.#become(before === null ? (store.failure === null ? 'standby' : 'blind') : 'active');
    if (before === null) {
      this.#log.compared(this.#role, store.doFilesDiffer);
      return;
    }
    if (isFirst) this.#options.publisher.takeOver();
    const sight = await observer.observe();
    const { commands, lastId } = await this.#options.commands.read(before.commandId);
    const moment = await store.moment();
    if (moment === null) {
      this.#become('blind');
      return;
    }
    const results = delivery.takeResults();
    const input = { observation: sight.observation, results, commands, lastCommandId: lastId, moment };
    const decision = decider.decide(before, input, isFirst);
    if (!(await store.save(decision.state, this.#appendsOf(decision)))) {
      this.#become(store.failure === null ? 'standby' : 'blind');
      return;
    }
    this.#log.compared(this.#role, store.doFilesDiffer);
    this.#log.saved(decision, this.#statusesIn(decision.state, moment));
    await this.#tell(decision, sight, moment);
    this.#last = { decision, moment, results, durationMs: clock.monotonicMs() - startedMs };
    this.#options.onSaved(this.#last);
  }

  /** Lets another one go on at once. */
  async stop(): Promise<void> {
    const { store, delivery, heartbeat } = this.#options;
    delivery.stop();
    heartbeat?.stop();
    await store.release();
  }

  #appendsOf({ events, notifications }: TickDecision): readonly StreamEntry[] {
    const { names } = this.#options;
    return [
      ...events.map((event) => ({ key: names.events, json: JSON.stringify(event), maxLength: null })),
      ...notifications.map((entry) => ({
        key: names.notifications,
        json: JSON.stringify(entry),
        maxLength: MAX_NOTIFICATIONS,
      })),
    ];
  }

  /** What is saved is told: to those who follow, to targets, and that all is well. */
  async #tell(decision: TickDecision, sight: Sight, moment: AlertMoment): Promise<void> {
    const { publisher, delivery, heartbeat } = this.#options;
    const { state, view, due } = decision;
    delivery.offer(due, (target) => firingFor(target, state, view));
    this.#tries.offered(due);
    await publisher.publish(state, () => this.#contentOf(decision, moment));
    // One MediaMTX that is away is none of our mistakes: its collector still tells of it.
    const isSeeing = sight.isRead && sight.freshServers > 0;
    if (isSeeing && !this.#tries.isAnyHanging) heartbeat?.beat();
  }

  #contentOf({ state, view }: TickDecision, moment: AlertMoment): AlertsContent {
    const { decider, store } = this.#options;
    return {
      ...decider.summary(state, view),
      targets: this.#statusesIn(state, moment),
      silences: [...state.silences.values()],
      warnings: store.doFilesDiffer ? ['files-differ'] : [],
    };
  }

  #statusesIn({ targets }: AlerterState, moment: AlertMoment): readonly TargetStatus[] {
    return this.#options.decider.audience.targets.flatMap((target) => {
      const stored = targets.get(target.name);
      return stored === undefined ? [] : [targetStatus(stored, target, moment)];
    });
  }

  #become(role: AlerterRole): void {
    if (role !== 'active') this.#last = null;
    if (role === this.#role) return;
    this.#role = role;
    this.#log.becomes(role);
  }
}
