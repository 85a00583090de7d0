import {
  asError,
  type Clock,
  Exclusive,
  type Logger,
  type Moment,
  momentNow,
  type OutboxStats,
  type Part,
  RedisAwayError,
  type TickOutcome,
} from '@mediamtx-monitor/runtime';
import {
  type Baseline,
  deriveEvents,
  type DeriveSettings,
  lastLook,
  type SeenConnections,
  type Memory,
  NONE_GONE,
  parseBaseline,
  seenNow,
  type Snapshot,
  withLastSeen,
} from '../derive/index.ts';
import type { EventOutbox } from '../publish/index.ts';
import { appendFailure } from './report.ts';

export interface EventJournalOptions {
  readonly outbox: EventOutbox;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly derivation: DeriveSettings;
  readonly intervalMs: number;
  /** Whether what happened may be written down now; it always may unless given. */
  readonly mayWrite?: () => boolean;
}

/** How it goes with the events of a server, for its health port. */
export interface EventHealth extends OutboxStats {
  /** `waiting` until the baseline was read, or while another collector writes; `failed` while Redis doesn't take them. */
  readonly status: 'ok' | 'waiting' | 'failed';
}

/** What a tick saw, and when. */
interface JournalTick {
  readonly snapshot: Snapshot;
  readonly memory: Memory;
  readonly now: Moment;
}

/**
 * Writes down what happens on one server: compares each snapshot with the baseline that it holds, and has the durable
 * Redis take the difference. It runs beside the ticks and never holds one up; what can't be stored waits.
 *
 * Whose ticks are published writes events, under the epoch of these ticks: so live and durable Redis always agree who that
 * is. Until the baseline is read nothing is compared; then one comparison tells all that happened since.
 */
export class EventJournal implements Part {
  readonly name = 'events';
  readonly #options: EventJournalOptions;
  readonly #work: Exclusive;
  /** `null` = what is in Redis isn't known, or isn't ours. */
  #baseline: Baseline | null = null;
  #lastSeen: SeenConnections = { connections: [], gone: NONE_GONE };
  #newest: JournalTick | null = null;
  /** Epoch of the own ticks, where the newest that arrived was published; else `null`. */
  #epoch: number | null = null;
  #wantedEpoch = 0;
  #failure = '';
  #isAway = false;
  #droppedBefore = 0;
  #derivation: DeriveSettings;

  constructor(options: EventJournalOptions) {
    this.#options = options;
    this.#derivation = options.derivation;
    this.#work = new Exclusive(() => this.#step());
  }

  /** What the epoch of the own ticks has to be at least, for the durable Redis to take events. */
  get wantedEpoch(): number {
    return this.#wantedEpoch;
  }

  get health(): EventHealth {
    const status = this.#baseline === null ? 'waiting' : 'ok';
    const hasFailed = this.#isAway || this.#failure !== '';
    return { status: hasFailed ? 'failed' : status, ...this.#options.outbox.stats };
  }

  start(): void {
    // Ticks start it.
  }

  /** What waits is tried once more, with a last look; whoever starts next finds the rest by comparing. */
  async stop(): Promise<void> {
    await this.#work.idle();
    const { outbox, clock } = this.#options;
    if (this.#baseline !== null && outbox.hasBegun && this.#mayWrite) {
      outbox.addChanges(lastLook(this.#baseline, this.#derivation, momentNow(clock)));
    }
    this.#work.run();
    await this.#work.idle();
  }

  /** Takes other settings, from the next tick on. */
  adapt(derivation: DeriveSettings): void {
    this.#derivation = derivation;
  }

  /** Connections that are gone and whose end isn't known to be stored, as they were seen last. */
  get gone(): SeenConnections['gone'] {
    return this.#lastSeen.gone;
  }

  /** What an earlier collector had published last, which may be more than it had written down. */
  restored({ connections, gone }: SeenConnections): void {
    const own = this.#lastSeen;
    this.#lastSeen = {
      connections: [...connections, ...own.connections],
      gone: [...gone, ...own.gone],
    };
  }

  /** Compares a snapshot, whatever becomes of its tick. */
  compare(snapshot: Snapshot, memory: Memory, now: Moment): void {
    this.#lastSeen = seenNow(this.#lastSeen, snapshot.connections);
    this.#newest = { snapshot, memory, now };
    if (this.#baseline !== null && this.#options.outbox.hasBegun) this.#tell(this.#baseline, this.#newest);
  }

  /** A tick is done; now there is time for what waits. */
  ticked(epoch: number | null, outcome: TickOutcome | Error): void {
    if (outcome === 'published') this.#epoch = epoch;
    else if (outcome === 'superseded') this.#epoch = null;
    this.#work.run();
  }

  get #mayWrite(): boolean {
    const { mayWrite = () => true } = this.#options;
    return mayWrite();
  }

  #tell(before: Baseline, { snapshot, memory, now }: JournalTick): void {
    const { outbox, intervalMs } = this.#options;
    const settings = this.#derivation;
    const { baseline, changes } = deriveEvents(before, snapshot, { settings, now, intervalMs, memory });
    this.#baseline = baseline;
    outbox.addChanges(changes);
  }

  async #step(): Promise<void> {
    const { outbox } = this.#options;
    if (!this.#mayWrite) return;
    try {
      if (!outbox.hasBegun) await this.#begin();
      if (outbox.hasBegun) await this.#flush();
    } catch (error) {
      // That a connection isn't there is told by itself.
      this.#isAway = error instanceof RedisAwayError;
      if (!this.#isAway) this.#fail(appendFailure(asError(error)));
    }
  }

  async #begin(): Promise<void> {
    const { outbox, clock } = this.#options;
    if (this.#epoch === null) return;
    if (this.#epoch < this.#wantedEpoch) {
      this.#fail('its clock is more than a day ahead of that of REDIS_URL: set the clocks of both right');
    }
    const outcome = await outbox.begin(this.#epoch);
    if (outcome.status === 'refused') {
      // Only who is published after this may come before the one who stands there.
      this.#wantedEpoch = outcome.epoch + 1;
      this.#epoch = null;
      return;
    }
    this.#baseline = withLastSeen(parseBaseline(outcome.baseline, momentNow(clock)), this.#lastSeen);
    // What it has seen already counts as looked at, and is told now.
    if (this.#newest !== null) this.#tell(this.#baseline, this.#newest);
    this.#succeed();
  }

  async #flush(): Promise<void> {
    const { outbox, logger } = this.#options;
    const outcome = await outbox.flush();
    this.#succeed();
    if (outcome === 'empty') {
      this.#lastSeen = { ...this.#lastSeen, gone: NONE_GONE };
      return;
    }
    this.#baseline = null;
    if (outcome === 'deposed') {
      this.#epoch = null;
      logger.info('another collector has taken over the events of this server');
      return;
    }
    logger.warn(
      'the durable Redis has lost what it had taken: it was emptied, restored, or restarted without a file of its own; ' +
        'events go on from what stands there now',
    );
  }

  /** Logs why events aren't stored, once. */
  #fail(failure: string): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#options.logger.warn(
      `events and sessions wait, since the durable Redis doesn't take them: ${failure}`,
    );
  }

  #succeed(): void {
    const { outbox, logger } = this.#options;
    this.#isAway = false;
    if (this.#failure !== '') logger.info('events and sessions are stored again');
    this.#failure = '';
    const { dropped } = outbox.stats;
    const lost = dropped - this.#droppedBefore;
    this.#droppedBefore = dropped;
    if (lost > 0)
      logger.warn(`${lost} events and sessions had waited for too long and are lost: there were too many`);
  }
}
