import type { AvailabilityReport, StoredEvent, StreamAvailability } from '@mediamtx-monitor/types';
import { eventTimes, type ReportWindow, timeOf } from './report-window.ts';
import type { StreamCourse } from './stream-run.ts';
import { isTelling, type StreamNow, StreamTally } from './stream-tally.ts';
import { Timeline, TimeTrue } from './timeline.ts';

/** What is known beside the events. */
export interface KnownNow {
  readonly streams: readonly StreamNow[];
  /** Until when a server was looked at (Unix time in ms); of one that isn't there, until its last event. */
  readonly observedUntilMs: ReadonlyMap<string, number>;
  /**
   * Since when all that happened is kept (Unix time in ms); `null` = nothing was ever removed, so that nobody looked at a
   * server before the first that is told of it.
   */
  readonly keptSinceMs: number | null;
}

/** A report whose items are made one by one. */
export interface ReportToMake extends Omit<AvailabilityReport, 'items'> {
  readonly items: Iterable<StreamAvailability>;
}

/**
 * How streams ran in a window, made of what happened, in the order in which it was written down; what happened before the
 * window tells how it began. It is up while it is live and bytes come. Nobody knows how it was before the first that is
 * told of it, before its server was looked at for the first time, while that wasn't looked at or couldn't be read, and where
 * events were lost or aren't kept any more.
 */
export class AvailabilityFold {
  readonly #window: ReportWindow;
  readonly #servers = new Map<string, ServerTally>();

  constructor(window: ReportWindow) {
    this.#window = window;
  }

  add(event: StoredEvent): void {
    if (isOfAlerter(event)) return;
    this.#serverOf(event.server).add(event);
  }

  /** Each item is made when it is asked for: many are work for several turns. */
  report({ streams, ...known }: KnownNow): ReportToMake {
    for (const now of streams) this.#serverOf(now.server).addNow(now);
    return {
      from: timeOf(this.#window.fromMs),
      to: timeOf(this.#window.toMs),
      items: this.#items(known),
    };
  }

  /** What each stream did, moment by moment, by server and name. It takes the place of `report`. */
  *runs({ streams, observedUntilMs, keptSinceMs }: KnownNow): Generator<StreamCourse> {
    for (const now of streams) this.#serverOf(now.server).addNow(now);
    for (const [server, tally] of this.#inOrder()) {
      yield* tally.runs(server, { keptSinceMs, untilMs: observedUntilMs.get(server) });
    }
  }

  *#items({ observedUntilMs, keptSinceMs }: Omit<KnownNow, 'streams'>): Generator<StreamAvailability> {
    for (const [server, run] of this.#inOrder()) {
      yield* run.items(server, { keptSinceMs, untilMs: observedUntilMs.get(server) });
    }
  }

  #inOrder(): readonly (readonly [string, ServerTally])[] {
    return [...this.#servers].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #serverOf(server: string): ServerTally {
    const run = this.#servers.get(server) ?? new ServerTally(this.#window);
    this.#servers.set(server, run);
    return run;
  }
}

type EventOfAlerter = Extract<
  StoredEvent,
  { readonly type: `${'alert' | 'silence' | 'notification'}.${string}` }
>;

/** What the alerter writes down says nothing of when anybody looked. */
function isOfAlerter(event: StoredEvent): event is EventOfAlerter {
  return /^(?:alert|silence|notification)\./.test(event.type);
}

/** When a server was looked at, as far as its own events don't tell. */
interface Observed extends Pick<KnownNow, 'keptSinceMs'> {
  readonly untilMs: number | undefined;
}

/** How the streams of one server ran. */
class ServerTally {
  readonly #window: ReportWindow;
  readonly #streams = new Map<string, StreamTally>();
  /** Whether it was looked at and could be read. */
  readonly #isObserved: Timeline<boolean>;
  #isToldOf = false;
  /** Since when no event about its streams was missed: before that they may have come and gone without one. */
  #lookedSinceMs = -Infinity;
  #firstMs = Infinity;
  #lastMs = -Infinity;

  constructor(window: ReportWindow) {
    this.#window = window;
    this.#isObserved = new Timeline(window.fromMs, window.toMs, true);
  }

  add(event: Exclude<StoredEvent, EventOfAlerter>): void {
    const observed = this.#isObserved;
    const { atMs, beganMs, unseenMs } = eventTimes(event);
    const lastMs = this.#lastMs;
    this.#firstMs = Math.min(this.#firstMs, atMs);
    this.#lastMs = Math.max(lastMs, atMs);
    if ('sourceType' in event) {
      this.#streamOf(event.stream).add(event, this.#lookedSinceMs);
      return;
    }
    switch (event.type) {
      case 'server.unreachable':
        if (unseenMs !== null) observed.fill(false, unseenMs, beganMs);
        observed.fill(false, beganMs);
        break;
      case 'server.reachable':
        if (!this.#isToldOf) observed.fill(false, atMs - (event.unreachableMs ?? 0), atMs);
        if (unseenMs !== null) observed.fill(false, unseenMs, atMs);
        observed.fill(true, atMs);
        break;
      case 'server.unobserved':
        // Nobody knows when it was looked last: after what is told of it, if anything is.
        observed.fill(false, unseenMs ?? lastMs, atMs);
        // What had changed where one knows how it was before is told in events.
        if (unseenMs === null) this.#lookedSinceMs = atMs;
        break;
      case 'events.trimmed':
        observed.fill(false, beganMs, Date.parse(event.until));
        for (const stream of this.#streams.values()) stream.forget(atMs);
        this.#lookedSinceMs = atMs;
        break;
      case 'server.restarted':
      case 'connection.opened':
      case 'connection.closed':
        return;
    }
    this.#isToldOf = true;
  }

  /** What is known now says more only where nothing is told. */
  addNow(now: StreamNow): void {
    if (this.#streams.has(now.stream) || isTelling(now)) this.#streamOf(now.stream).addNow(now);
  }

  *items(server: string, known: Observed): Generator<StreamAvailability> {
    const observed = new TimeTrue(this.#observed(known));
    for (const [stream, run] of this.#inOrder()) yield { server, stream, ...run.report(observed) };
  }

  *runs(server: string, known: Observed): Generator<StreamCourse> {
    const observed = this.#observed(known);
    for (const [stream, run] of this.#inOrder()) yield { server, stream, pieces: run.pieces(observed) };
  }

  #observed({ keptSinceMs, untilMs }: Observed): Timeline<boolean> {
    this.#isObserved.fill(false, -Infinity, keptSinceMs ?? this.#firstMs);
    this.#isObserved.fill(false, untilMs ?? this.#lastMs);
    return this.#isObserved;
  }

  #inOrder(): readonly (readonly [string, StreamTally])[] {
    return [...this.#streams].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  #streamOf(stream: string): StreamTally {
    const run = this.#streams.get(stream) ?? new StreamTally(this.#window);
    this.#streams.set(stream, run);
    return run;
  }
}
