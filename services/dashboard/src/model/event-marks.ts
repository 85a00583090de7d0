import { happenedMs } from '@mediamtx-monitor/model';
import { EVENT_SEVERITIES, type EventSeverity, type MonitorEvent } from '@mediamtx-monitor/types';
import type { ChartSpan } from './chart-span.ts';

/** Events that stand at the same place of the time axis. */
export interface EventMark {
  /** That of the first, in ms since 1970. */
  readonly atMs: number;
  /** Where it stands, from 0 to 1. */
  readonly place: number;
  /** The worst of them. */
  readonly severity: EventSeverity;
  readonly events: readonly MonitorEvent[];
}

/** As many marks can be told apart beside one another. */
const PLACES = 150;

/** Marks of the events of a time, in order; what lies outside is left out. */
export function eventMarks(events: readonly MonitorEvent[], span: ChartSpan): readonly EventMark[] {
  const lengthMs = span.toMs - span.fromMs;
  const inside = events
    .map((event) => ({ event, atMs: happenedMs(event) }))
    .filter(({ atMs }) => atMs >= span.fromMs && atMs <= span.toMs)
    .sort((a, b) => a.atMs - b.atMs);
  const marks: { readonly atMs: number; readonly events: MonitorEvent[] }[] = [];
  for (const { event, atMs } of inside) {
    const last = marks.at(-1);
    if (last !== undefined && (atMs - last.atMs) / lengthMs < 1 / PLACES) last.events.push(event);
    else marks.push({ atMs, events: [event] });
  }
  return marks.map((mark) => ({
    ...mark,
    place: (mark.atMs - span.fromMs) / lengthMs,
    severity: worst(mark.events),
  }));
}

/** The mark nearest to a moment, if it is no further than this away, in ms. */
export function markNear(marks: readonly EventMark[], ms: number, withinMs: number): EventMark | undefined {
  let nearest: EventMark | undefined;
  for (const mark of marks) {
    const far = Math.abs(mark.atMs - ms);
    if (far <= withinMs && far < Math.abs((nearest?.atMs ?? Infinity) - ms)) nearest = mark;
  }
  return nearest;
}

function worst(events: readonly MonitorEvent[]): EventSeverity {
  const ranks = events.map(({ severity }) => EVENT_SEVERITIES.indexOf(severity));
  return EVENT_SEVERITIES[Math.max(0, ...ranks)] ?? 'info';
}
