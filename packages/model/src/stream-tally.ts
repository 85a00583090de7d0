import type {
  Availability,
  EventCause,
  Health,
  StreamOutage,
  OutageKind,
  StoredEvent,
  StreamAvailability,
  StreamState,
} from '@mediamtx-monitor/types';
import { availabilityOf } from './known-share.ts';
import { eventTimes, type ReportWindow, timeOf } from './report-window.ts';
import { happenedMs, RESTART_WITHIN_MS } from './outage.ts';
import { append, type RunKind, type RunPiece } from './stream-run.ts';
import { Timeline, type TimeTrue, Walk } from './timeline.ts';

/** A stream as it is known now. */
export interface StreamNow {
  readonly server: string;
  readonly stream: string;
  readonly state: StreamState;
  /** Since when it is in that state (Unix time in ms). */
  readonly sinceMs: number;
  readonly expected: boolean | null;
}

interface OutageDraft {
  kind: OutageKind;
  readonly startMs: number;
  endMs: number | null;
  cause: EventCause | null;
}

/** Bringing bytes, not doing so, or nobody knows. */
type RunState = 'up' | OutageDraft | null;
type JudgedHealth = Exclude<Health, 'unknown'>;
type StreamEvent = Extract<StoredEvent, { readonly sourceType: string | null }>;

const RANKS = { ok: 0, warning: 1, critical: 2 } as const satisfies Record<JudgedHealth, number>;
const MS_PER_SECOND = 1_000;

/** How one stream ran. */
export class StreamTally {
  readonly #window: ReportWindow;
  readonly #run: Timeline<RunState>;
  readonly #isExpected: Timeline<boolean | null>;
  /** When an event told for the first time whether it was expected; Infinity: none did. */
  #firstToldMs = Infinity;
  #restarts = 0;
  /** When it was seen to be gone last. */
  #wentMs = -Infinity;
  #worst: JudgedHealth | null = null;

  constructor(window: ReportWindow) {
    this.#window = window;
    this.#run = new Timeline<RunState>(window.fromMs, window.toMs, null);
    this.#isExpected = new Timeline<boolean | null>(window.fromMs, window.toMs, null);
  }

  /** @param lookedSinceMs since when its server is looked at without events about it being lost */
  add(event: StreamEvent, lookedSinceMs: number): void {
    const { atMs } = eventTimes(event);
    const beganMs = happenedMs(event);
    this.#isExpected.fill(event.expected, atMs);
    this.#firstToldMs = Math.min(this.#firstToldMs, atMs);
    switch (event.type) {
      case 'stream.online':
        this.#turn(event, beganMs, 'up');
        if (atMs - this.#wentMs < RESTART_WITHIN_MS) this.#countRestart(atMs);
        break;
      case 'stream.offline':
        this.#backTo('up', event.liveSince === null ? null : Date.parse(event.liveSince), beganMs);
        this.#fail(event, beganMs, 'offline');
        this.#wentMs = atMs;
        break;
      case 'stream.stalled':
        this.#backTo('up', lookedSinceMs, beganMs);
        this.#fail(event, beganMs, 'stalled');
        break;
      case 'stream.recovered':
        this.#backTo(outageOf('stalled', beganMs - (event.stalledMs ?? 0), event), null, beganMs);
        this.#backTo('up', lookedSinceMs, beganMs - (event.stalledMs ?? 0));
        this.#turn(event, beganMs, 'up');
        break;
      case 'stream.restarted':
        this.#backFrom(event, beganMs);
        this.#backTo('up', lookedSinceMs, Math.min(beganMs, Date.parse(event.at) - (event.gapMs ?? 0)));
        this.#turn(event, beganMs, 'up');
        this.#countRestart(atMs);
        break;
      case 'stream.health':
        this.#judge(event.from, event.to, atMs);
        break;
    }
  }

  /** It counts where no event tells how it is since then. */
  addNow({ state, sinceMs, expected }: StreamNow): void {
    const { toMs } = this.#window;
    const [run, isExpected] = [this.#run.pieceAt(toMs), this.#isExpected.pieceAt(toMs)];
    const kind = state === 'stalled' ? 'stalled' : 'offline';
    if (run.value === null && state !== 'unknown') {
      const value = state === 'live' ? 'up' : outageOf(kind, sinceMs, null);
      this.#run.fill(value, Math.max(sinceMs, run.fromMs));
    }
    if (isExpected.value === null) this.#isExpected.fill(expected, Math.max(sinceMs, isExpected.fromMs));
  }

  /** Events about it were lost: nobody knows how it is until the next. */
  forget(ms: number): void {
    this.#run.fill(null, ms);
  }

  report(observed: TimeTrue): Omit<StreamAvailability, 'server' | 'stream'> {
    this.#tellBack();
    const { fromMs, toMs } = this.#window;
    const all = new Sums();
    const whileExpected = new Sums();
    let expectedMs = 0;
    const lengths = new Map<OutageDraft, number>();
    const cuts = [this.#run, this.#isExpected].flatMap(({ pieces }) => pieces.map((piece) => piece.fromMs));
    const starts = [...new Set(cuts)].sort((a, b) => a - b);
    const [runs, expectations] = [new Walk(this.#run), new Walk(this.#isExpected)];
    for (const [index, startMs] of starts.entries()) {
      const endMs = starts[index + 1] ?? toMs;
      const seenMs = observed.between(startMs, endMs);
      const run = runs.at(startMs) ?? null;
      all.add(run, seenMs);
      if (expectations.at(startMs) === true) {
        whileExpected.add(run, seenMs);
        expectedMs += endMs - startMs;
      }
      if (isOutage(run) && seenMs > 0) lengths.set(run, (lengths.get(run) ?? 0) + seenMs);
    }
    const outages = [...lengths].map(([draft, ms]) => toOutage(draft, ms, toMs));
    const times = all.times(toMs - fromMs);
    return {
      ...times,
      outages,
      meanTimeBetweenOutagesSeconds: outages.length === 0 ? null : times.uptimeSeconds / outages.length,
      restarts: this.#restarts,
      worstHealth: this.#worst,
      expected: expectedMs === 0 ? null : whileExpected.times(expectedMs),
    };
  }

  /**
   * What it did, moment by moment. Of a stream that was ever expected in the window, the time in which it wasn't is
   * unscheduled, unless it was up.
   * @param observed when it was looked at
   */
  pieces(observed: Timeline<boolean>): readonly RunPiece[] {
    this.#tellBack();
    const hasSchedule = this.#isExpected.pieces.some(({ value }) => value === true);
    const timelines = [this.#run, this.#isExpected, observed];
    const cuts = new Set(timelines.flatMap(({ pieces }) => pieces.map(({ fromMs }) => fromMs)));
    const starts = [...cuts].sort((a, b) => a - b);
    const [runs, expectations, looks] = [new Walk(this.#run), new Walk(this.#isExpected), new Walk(observed)];
    const pieces: RunPiece[] = [];
    for (const [index, fromMs] of starts.entries()) {
      const isUnscheduled = expectations.at(fromMs) === false && hasSchedule;
      const run = runs.at(fromMs) ?? null;
      const kind = kindOf(run, isUnscheduled, looks.at(fromMs) === true);
      append(pieces, { fromMs, toMs: starts[index + 1] ?? this.#window.toMs, kind });
    }
    return pieces;
  }

  /**
   * How it ran before its first event is known from what that tells, or from what is known now; whether it was expected
   * then, only from that event. Without this, what ran well until its first outage would count from that on.
   */
  #tellBack(): void {
    const first = this.#isExpected.pieceAt(this.#firstToldMs);
    const known = this.#run.pieces.find(({ value }) => value !== null);
    if (known !== undefined) this.#isExpected.fill(first.value, known.fromMs, this.#firstToldMs);
  }

  #turn(event: StreamEvent, ms: number, run: RunState): void {
    const before = this.#run.pieceAt(ms).value;
    if (run === 'up' && isOutage(before)) before.endMs ??= ms;
    const { unseenMs } = eventTimes(event);
    if (unseenMs !== null) this.#run.fill(null, unseenMs, ms);
    this.#run.fill(run, ms);
  }

  /** One that was stalled and then goes is one outage. */
  #fail(event: StreamEvent, ms: number, kind: OutageKind): void {
    const before = this.#run.pieceAt(ms).value;
    if (!isOutage(before)) {
      this.#turn(event, ms, outageOf(kind, ms, event));
      return;
    }
    if (kind === 'offline') before.kind = kind;
    before.cause ??= event.cause;
    this.#turn(event, ms, before);
  }

  /**
   * An event tells what was before it, or before the outage in which it comes: that counts where nothing else is known.
   * Only what is live stalls, or is restarted; since no event told that it came, it was since it was looked at.
   */
  #backTo(run: RunState, sinceMs: number | null, ms: number): void {
    const now = this.#run.pieceAt(ms).value;
    const endMs = isOutage(now) ? now.startMs : ms;
    const piece = this.#run.pieceAt(endMs - 1);
    if (piece.value !== null) return;
    const startMs = sinceMs ?? (isOutage(run) ? run.startMs : endMs);
    this.#run.fill(run, Math.max(startMs, piece.fromMs), endMs);
  }

  /** The offline event before it may be lost, or there was none. */
  #backFrom(event: Extract<StreamEvent, { readonly type: 'stream.restarted' }>, ms: number): void {
    const startMs = Date.parse(event.at) - (event.gapMs ?? 0);
    if (startMs >= ms || isOutage(this.#run.pieceAt(ms).value)) return;
    const draft = outageOf('offline', startMs, event);
    draft.endMs = ms;
    this.#run.fill(draft, startMs, ms);
  }

  #countRestart(atMs: number): void {
    if (this.#isInside(atMs)) this.#restarts += 1;
  }

  #judge(from: Health, to: Health, atMs: number): void {
    if (!this.#isInside(atMs)) {
      if (atMs < this.#window.fromMs) this.#worst = isJudged(to) ? to : null;
      return;
    }
    for (const health of [from, to]) {
      if (!isJudged(health)) continue;
      if (this.#worst === null || RANKS[health] > RANKS[this.#worst]) this.#worst = health;
    }
  }

  #isInside(ms: number): boolean {
    return ms >= this.#window.fromMs && ms < this.#window.toMs;
  }
}

/** Sums of one stream, in ms. */
class Sums {
  #up = 0;
  #down = 0;

  add(run: RunState, seenMs: number): void {
    if (run === 'up') this.#up += seenMs;
    else if (run !== null) this.#down += seenMs;
  }

  times(wholeMs: number): Availability {
    return availabilityOf(this.#up, this.#down, wholeMs);
  }
}

function kindOf(run: RunState, isUnscheduled: boolean, isSeen: boolean): RunKind {
  if (run === 'up') return isSeen ? 'up' : 'unseen';
  if (!isSeen) return 'unknown';
  if (isUnscheduled) return 'unscheduled';
  return run === null ? 'unknown' : 'down';
}

function isOutage(run: RunState): run is OutageDraft {
  return run !== null && run !== 'up';
}

function outageOf(kind: OutageKind, startMs: number, event: StreamEvent | null): OutageDraft {
  return { kind, startMs, endMs: null, cause: event?.cause ?? null };
}

function toOutage({ kind, startMs, endMs, cause }: OutageDraft, ms: number, toMs: number): StreamOutage {
  const isOver = endMs !== null && endMs <= toMs;
  return {
    kind,
    start: timeOf(startMs),
    end: isOver ? timeOf(endMs) : null,
    lengthSeconds: ms / MS_PER_SECOND,
    cause,
  };
}

function isJudged(health: Health): health is JudgedHealth {
  return Object.hasOwn(RANKS, health);
}

/** Whether what is known now is of use: of what was never live, and isn't expected to be, nobody asks how it ran. */
export function isTelling({ state, expected }: StreamNow): boolean {
  if (state === 'unknown') return false;
  return state === 'live' || state === 'stalled' || state === 'missing' || expected === true;
}
