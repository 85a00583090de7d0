import { happenedMs, secondsBetween } from '@mediamtx-monitor/model';
import { EVENT_SEVERITIES, type EventSeverity, type MonitorEvent } from '@mediamtx-monitor/types';
import type { StoryKind } from '../data/past-view.ts';
import { literalName } from './silence-choice.ts';
import { isNotBack, type Story, type StoryCourse } from './story.ts';

/** What a story begins with, where its event doesn't say it all. */
export interface StoryBeginning {
  readonly kind: StoryKind;
  /** It lasts, until its end is told. */
  readonly isLasting?: boolean;
  /** When it began, Unix ms, where that is before its first event. */
  readonly beganMs?: number | null;
  /** Its first event is the end of something whose beginning isn't known. */
  readonly isCut?: boolean;
}

/** Times and measure differ by less unless a clock was set. */
const CLOCK_SET_MS = 2_000;

/** A story as it is written: events come to it in order. */
export class StoryDraft {
  readonly #kind: StoryKind;
  readonly #beganMs: number | null;
  readonly #isCut: boolean;
  readonly #isFirst: MonitorEvent;
  readonly #events: MonitorEvent[];
  readonly #parts: StoryDraft[] = [];
  #course: StoryCourse;
  #endedMs: number | null = null;
  #lastedMs: number | null = null;
  /** It is told as a part of another, or within it. */
  isTaken = false;

  constructor(
    first: MonitorEvent,
    { kind, isLasting = false, beganMs = null, isCut = false }: StoryBeginning,
  ) {
    this.#kind = kind;
    this.#isFirst = first;
    this.#events = [first];
    this.#beganMs = beganMs;
    this.#isCut = isCut;
    this.#course = isLasting ? 'open' : 'moment';
  }

  get isOpen(): boolean {
    return this.#course === 'open';
  }

  get kind(): StoryKind {
    return this.#kind;
  }

  /** When the last of its events was seen, Unix ms. */
  get lastMs(): number {
    return Date.parse(this.#events.at(-1)?.at ?? this.#isFirst.at);
  }

  get events(): readonly MonitorEvent[] {
    return this.#events;
  }

  has(type: MonitorEvent['type']): boolean {
    return this.#events.some((event) => event.type === type);
  }

  add(event: MonitorEvent): void {
    this.#events.push(event);
  }

  /** What happened shortly before belongs to it. */
  takeBefore(other: StoryDraft): void {
    other.isTaken = true;
    this.#events.unshift(...other.#events);
  }

  takePart(part: StoryDraft): void {
    part.isTaken = true;
    this.#parts.push(part);
  }

  /** @param lastedMs as it was measured; `null` where the event doesn't tell */
  end(event: MonitorEvent, lastedMs: number | null = null): void {
    if (this.#events.at(-1) !== event) this.add(event);
    this.#course = 'over';
    this.#endedMs = happenedMs(event);
    // It was measured up to the tick that saw the end.
    this.#lastedMs = lastedMs === null ? null : lastedMs - (Date.parse(event.at) - this.#endedMs);
  }

  /** Events were lost: whatever is open may have ended. */
  lose(): void {
    if (this.isOpen) this.#course = 'lost';
  }

  story(): Story {
    const first = this.#events[0] ?? this.#isFirst;
    const parts = this.#parts.map((part) => part.story());
    const beganMs = this.#beganMs ?? happenedMs(this.#isFirst);
    const own = this.#course;
    // A return that MediaMTX dates may be told to be before the tick that saw the end.
    const over = this.#endedMs === null ? null : Math.max(beganMs, this.#endedMs);
    const endedMs = own === 'moment' ? beganMs : over;
    const severity = worstSeverity([...this.#events, ...parts].map((each) => each.severity));
    return {
      id: first.id,
      // An end that nobody minds is no outage.
      kind: this.#kind === 'outages' && severity === 'info' ? 'restarts' : this.#kind,
      server: first.server,
      stream: streamOf(first),
      host: ('host' in first ? first.host : undefined) ?? null,
      severity,
      beganMs,
      isCut: this.#isCut,
      ...(parts.some(isNotBack) ? { course: 'open', endedMs: null } : { course: own, endedMs }),
      lastedMs: own === 'over' ? this.#lengthMs(beganMs, endedMs) : null,
      events: this.#events,
      parts,
    };
  }

  /** As the times say that are told of it; as it was measured, where a clock was set in between. */
  #lengthMs(beganMs: number, endedMs: number | null): number | null {
    if (this.#isCut || endedMs === null) return this.#lastedMs;
    const toldMs = secondsBetween(beganMs, endedMs) * 1_000;
    const measuredMs = this.#lastedMs ?? toldMs;
    return Math.abs(measuredMs - toldMs) < CLOCK_SET_MS ? toldMs : measuredMs;
  }
}

/** The stream that an event is about: of a silence the only one that it selects. */
function streamOf(event: MonitorEvent): string | null {
  if (event.type === 'silence.added') return event.match === null ? null : literalName(event.match);
  return ('stream' in event ? event.stream : undefined) ?? null;
}

function worstSeverity(severities: readonly EventSeverity[]): EventSeverity {
  const worst = Math.max(0, ...severities.map((one) => EVENT_SEVERITIES.indexOf(one)));
  return EVENT_SEVERITIES[worst] ?? 'info';
}
