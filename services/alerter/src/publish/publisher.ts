import {
  type Clock,
  type Logger,
  type RedisClient,
  TickPublisher,
  whyNotDone,
} from '@mediamtx-monitor/runtime';
import {
  type AlertsHead,
  type AlertsMessage,
  MESSAGE_VERSION,
  type RedisNames,
  type TickNumber,
} from '@mediamtx-monitor/types';

/** What a message tells. */
export type AlertsContent = Omit<
  AlertsMessage,
  Exclude<keyof AlertsHead, 'counts' | 'targets' | 'silences' | 'warnings'>
>;

export interface AlertsPublisherOptions {
  /** The live Redis. */
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Longest time a message may take to reach Redis. */
  readonly commandTimeoutMs: number;
}

/** Time between two messages, at most. */
const INTERVAL_MS = 5_000;

/** Longest message, in bytes: it goes to everybody who follows, with each change. */
const MAX_ALERTS_BYTES = 8_388_608;

/** Publishes alerts: at each change, and else now and then. */
export class AlertsPublisher {
  readonly #options: AlertsPublisherOptions;
  #ticks: TickPublisher;
  /** What was published last, and when by the monotonic clock. */
  #last: { readonly revision: unknown; readonly atMs: number } | null = null;
  #failure: string | null = null;

  constructor(options: AlertsPublisherOptions) {
    this.#options = options;
    this.#ticks = this.#newTicks();
  }

  /** Takes over from whoever published before. */
  takeOver(): void {
    this.#ticks = this.#newTicks();
    this.#last = null;
  }

  /**
   * Publishes what is told now, where it is time. Never rejects.
   * @param revision another one whenever something has changed
   */
  async publish(revision: unknown, content: () => AlertsContent): Promise<void> {
    const { clock } = this.#options;
    const atMs = clock.monotonicMs();
    const last = this.#last;
    if (last !== null && last.revision === revision && atMs - last.atMs < INTERVAL_MS) return;
    this.#report(await this.#send(content()));
    if (this.#failure === null) this.#last = { revision, atMs };
  }

  /** Why it was not published, for people; `null` where it was. */
  async #send(content: AlertsContent): Promise<string | null> {
    const { redis, names } = this.#options;
    try {
      if (!this.#ticks.hasBegun) await this.#ticks.begin();
      const number = this.#ticks.next();
      const message = messageJson(content, number, this.#options.clock.wallMs());
      const outcome = await this.#ticks.publish(number, {
        sets: [{ key: names.alertsLatest, value: message }],
        publishes: [{ channel: names.channel('alerts'), message }],
      });
      if (outcome === 'published') return null;
      return outcome === 'late'
        ? 'Redis got them too late and left them out'
        : 'another alerter publishes them';
    } catch (error) {
      return whyNotDone(redis, error);
    }
  }

  #report(failure: string | null): void {
    const { logger } = this.#options;
    if (failure !== null && failure !== this.#failure) logger.warn(`alerts aren't published: ${failure}`);
    if (failure === null && this.#failure !== null) logger.info('alerts are published again');
    this.#failure = failure;
  }

  #newTicks(): TickPublisher {
    const { redis, names, clock, commandTimeoutMs } = this.#options;
    return new TickPublisher({
      redis,
      clock,
      guard: names.alertsLatest,
      commandTimeoutMs,
      role: 'take-over',
    });
  }
}

/** A message as JSON, its members in the contract's order, with as many of the first alerts as it has room for. */
function messageJson(content: AlertsContent, number: TickNumber, publishedAtMs: number): string {
  let { alerts } = content;
  let json = jsonOf(content, number, publishedAtMs);
  while (alerts.length > 0 && Buffer.byteLength(json) > MAX_ALERTS_BYTES) {
    alerts = alerts.slice(0, Math.floor(alerts.length / 2));
    json = jsonOf({ ...content, alerts }, number, publishedAtMs);
  }
  return json;
}

function jsonOf(content: AlertsContent, { epoch, seq }: TickNumber, publishedAtMs: number): string {
  const { counts, targets, silences, warnings = [], alerts } = content;
  const message: AlertsMessage = {
    type: 'alerts',
    v: MESSAGE_VERSION,
    epoch,
    seq,
    publishedAt: new Date(publishedAtMs).toISOString(),
    intervalMs: INTERVAL_MS,
    counts,
    targets,
    silences,
    ...(warnings.length > 0 && { warnings }),
    alerts,
  };
  return JSON.stringify(message);
}
