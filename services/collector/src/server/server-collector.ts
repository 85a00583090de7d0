import { asError, type Clock, type Logger, momentNow, SupersededError } from '@mediamtx-monitor/runtime';
import type { AddressPrivacy, SourceStatus } from '@mediamtx-monitor/types';
import {
  derive,
  type Memory,
  NO_MEMORY,
  restoreMemory,
  type DeriveSettings,
  type Snapshot,
} from '../derive/index.ts';
import type { Observation } from '../facts.ts';
import { normalise } from '../normalise.ts';
import { normaliseDetails } from '../paths/index.ts';
import type { Poller } from '../poll/index.ts';
import type { Publication, RedisPublisher, ServerHistory } from '../publish/index.ts';
import type { EventHealth, EventJournal } from './event-journal.ts';
import { describeTick, TickLog, troubleOf, type TickReport } from './report.ts';

/** What the collector of one server is made of, each already wired to its edge. */
export interface ServerCollectorOptions {
  /** Address of MediaMTX, for people. */
  readonly url: string;
  readonly poller: Poller;
  /** Has the numbers of this server's ticks. */
  readonly publisher: RedisPublisher;
  /** Writes down what happens; `null` = nothing is written down. */
  readonly events: EventJournal | null;
  /** Path of the JSON file and what writes it, now or later (`null`); `null` = none is wanted. */
  readonly file: {
    readonly path: string;
    readonly write: (json: Buffer) => Promise<'written' | null>;
  } | null;
  /** Keeps what was; `null` = nothing does. */
  readonly history: Pick<ServerHistory, 'add'> | null;
  /** Whether what was seen may be written down now; it always may unless given. */
  readonly mayWrite?: () => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Names the server, and says what is expected of its streams. */
  readonly derivation: DeriveSettings;
  /** What people call it, and sort it by. */
  readonly about: Publication['about'];
  readonly addressPrivacy: AddressPrivacy;
  readonly intervalMs: number;
}

/** A tick, and how long it took. */
export interface TimedReport extends TickReport {
  /** From the first question to MediaMTX until the tick is stored, in ms. */
  readonly durationMs: number;
}

/** How a server's last tick went; `null` before the first. */
interface ServerHealth {
  readonly server: string;
  readonly source: SourceStatus | null;
  readonly lastTickMs: number | null;
  /** What was wrong with it, in words; `null` when nothing was. Never holds a credential. */
  readonly error: string | null;
  /** How it goes with its events; `null` where none are written. */
  readonly events: EventHealth | null;
}

/** What came of publishing a tick. */
type PublishOutcome = Omit<TickReport, 'server' | 'snapshot' | 'file'>;

/** As JSON in UTF-8; an error where there is more than the longest text can hold. */
function jsonOf(streams: Snapshot['streams']): Buffer | Error {
  try {
    return Buffer.from(JSON.stringify(streams));
  } catch (error) {
    return asError(error);
  }
}

/**
 * Collects from one MediaMTX: polls it, remembers what was known, and publishes. Several run side by side in a process
 * and share nothing but the connection to Redis. No method ever rejects.
 */
export class ServerCollector {
  readonly server: string;
  /** Writes down what happens; `null` = nothing is written down. */
  readonly events: EventJournal | null;
  /** What its heads say of it from the next tick on. */
  about: Publication['about'];
  readonly #options: ServerCollectorOptions;
  readonly #log: TickLog;
  #memory: Memory = NO_MEMORY;
  #health: Omit<ServerHealth, 'server' | 'events'> = {
    source: null,
    lastTickMs: null,
    error: null,
  };
  #status: string;
  #derivation: DeriveSettings;

  constructor(options: ServerCollectorOptions) {
    this.#options = options;
    this.#log = new TickLog(options.logger, options.file?.path ?? '');
    this.server = options.derivation.server;
    this.events = options.events;
    this.about = options.about;
    this.#derivation = options.derivation;
    this.#status = `polling ${options.url}`;
  }

  get health(): ServerHealth {
    return { server: this.server, ...this.#health, events: this.events?.health ?? null };
  }

  /** How the last tick went, or that there was none yet, in one line for people. */
  get status(): string {
    return this.#status;
  }

  /** Epoch of its ticks; `null` before the first contact with Redis. */
  get epoch(): number | null {
    return this.#options.publisher.epoch;
  }

  /** The server is ours; see `TickPublisher.hold`. */
  hold(...held: Parameters<RedisPublisher['hold']>): void {
    this.#options.publisher.hold(...held);
  }

  /** What derivation is told. */
  get derivation(): DeriveSettings {
    return this.#derivation;
  }

  /** Takes other settings, from the next tick on; what is remembered stays. */
  adapt(derivation: DeriveSettings): void {
    // Since when an expectation holds is remembered by its place.
    if (derivation.expectations !== this.#derivation.expectations) {
      this.#memory = { ...this.#memory, openedAt: [] };
    }
    this.#derivation = derivation;
    this.events?.adapt(derivation);
  }

  /** One tick: observes, derives and publishes, and logs what changed. */
  async tick(): Promise<TimedReport> {
    const { clock } = this.#options;
    const startedMs = clock.monotonicMs();
    const report = await this.store(await this.observe());
    const durationMs = clock.monotonicMs() - startedMs;
    this.#log.add(report);
    const { status: source } = report.snapshot.source;
    this.#health = { source, lastTickMs: Math.round(durationMs), error: troubleOf(report) };
    this.#status = describeTick(report);
    return { ...report, durationMs };
  }

  /** Asks MediaMTX: its lists, then what is due about single paths. */
  async observe(): Promise<Observation> {
    const { poller, addressPrivacy } = this.#options;
    const observation = normalise(await poller.askLists());
    const answers = await poller.askPaths(observation.paths?.facts ?? null);
    return { ...observation, details: normaliseDetails(answers, addressPrivacy) };
  }

  /** Derives from an observation, stores and publishes. */
  async store(observation: Observation): Promise<TickReport> {
    const { clock, publisher } = this.#options;
    const observedAt = momentNow(clock);
    const unreachable = await this.#restore();
    const { snapshot, memory } = derive(this.#memory, observation, this.#derivation, observedAt);
    this.#memory = memory;
    // Whatever becomes of the tick, what happened is told.
    this.events?.compare(snapshot, memory, observedAt);
    const streamsJson = jsonOf(snapshot.streams);
    const content = this.#publicationOf(snapshot, observation);
    const outcome = await this.#publish(content, unreachable ?? streamsJson);
    this.events?.ticked(publisher.epoch, outcome.redis);
    // Whoever took over writes the file and keeps the history, too.
    const { mayWrite = () => true } = this.#options;
    const isOurs = outcome.redis !== 'superseded' && mayWrite();
    if (isOurs) this.#options.history?.add(snapshot);
    const file = isOurs ? await this.#saveFile(snapshot.collectedAtMs, streamsJson) : null;
    return { server: this.server, snapshot, ...outcome, file };
  }

  /** Reads back what an earlier collector knew, on the first contact with Redis. */
  async #restore(): Promise<Error | null> {
    const { publisher, clock } = this.#options;
    try {
      const stored = await publisher.prepare(this.events?.wantedEpoch);
      if (stored === null) return null;
      this.events?.restored(stored);
      if (this.#memory.collectedAt === null) {
        const now = momentNow(clock);
        const wallMs = Math.max(now.wallMs, stored.redisNowMs);
        this.#memory = restoreMemory(stored, { ...now, wallMs });
      }
      return null;
    } catch (error) {
      return asError(error);
    }
  }

  #publicationOf(snapshot: Snapshot, { sourceError }: Observation): Publication {
    const { collectedAtMs, simulated, source, missing, totals, reasons } = snapshot;
    const { attention, streams, connections } = snapshot;
    const { server } = this;
    const { intervalMs } = this.#options;
    const collectedAt = collectedAtMs === null ? null : new Date(collectedAtMs).toISOString();
    const explained = sourceError === undefined ? {} : { sourceError };
    return {
      head: { server, collectedAt, intervalMs, simulated, source, ...explained, missing, totals, reasons },
      about: this.about,
      attention,
      streams,
      connections,
      gone: this.events?.gone ?? null,
    };
  }

  async #publish(content: Publication, streamsJson: Buffer | Error): Promise<PublishOutcome> {
    const { publisher, clock } = this.#options;
    const failed = (error: Error): PublishOutcome => ({
      redis: error instanceof SupersededError ? 'superseded' : error,
      messageBytes: null,
      streamsBytes: null,
      publishMs: null,
    });
    if (streamsJson instanceof Error) return failed(streamsJson);
    const startedMs = clock.monotonicMs();
    try {
      const { outcome, messageBytes } = await publisher.publish(content, streamsJson);
      const publishMs = clock.monotonicMs() - startedMs;
      return { redis: outcome, messageBytes, streamsBytes: streamsJson.length, publishMs };
    } catch (error) {
      return failed(asError(error));
    }
  }

  async #saveFile(collectedAtMs: number | null, streamsJson: Buffer | Error): Promise<TickReport['file']> {
    const { file } = this.#options;
    if (file === null || collectedAtMs === null) return null;
    if (streamsJson instanceof Error) return streamsJson;
    try {
      return await file.write(streamsJson);
    } catch (error) {
      return asError(error);
    }
  }
}
