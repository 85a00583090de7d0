import { rounded, worstFirst, worstOf } from '@mediamtx-monitor/model';
import type { Health, Reason, ReasonCode, StreamReasonCode } from '@mediamtx-monitor/types';
import { isoTime } from '../samples.ts';
import type { RuleMemory } from './memory.ts';
import type { Hysteresis, Thresholds } from './settings.ts';

/** One way in which something can be unwell. */
export interface HealthRule<Measures> {
  readonly code: StreamReasonCode;
  readonly unwell: 'above' | 'below';
  /** What is compared with the limits; `null` = not known, which is not unwell. */
  readonly measure: (measures: Measures) => number | null;
  /** When it began, where that was before it could be told, Unix time in ms; left out = when it is told. */
  readonly beganMs?: (measures: Measures) => number;
  /** A state has already lasted when it is seen: it needs no further ticks, and has no number to show. */
  readonly isState: boolean;
  /** Whether it needs no further ticks either, though it has a number: what is measured holds by itself. */
  readonly atOnce?: boolean;
  /** Whether a reason stands while its measure isn't known, as it isn't just after a start; otherwise it ends. */
  readonly holds: boolean;
}

export interface Judgement {
  readonly health: Exclude<Health, 'unknown'>;
  readonly reasons: readonly Reason[];
  readonly memory: readonly RuleMemory[];
}

export const NO_RULES: readonly RuleMemory[] = [];
const WELL: Judgement = { health: 'ok', reasons: [], memory: NO_RULES };
const SEVERITIES = ['critical', 'warning'] as const;
const SHOWN_DECIMALS = 3;

function nextMemory(
  before: RuleMemory | undefined,
  now: { code: ReasonCode; severity: Reason['severity']; exceeded: boolean; atOnce: boolean; nowMs: number },
  { enterTicks, leaveTicks }: Hysteresis,
): RuleMemory | null {
  const { code, severity, exceeded, atOnce, nowMs } = now;
  const active = before?.active ?? false;
  if (exceeded === active) {
    if (!active || before === undefined) return null;
    return before.against === 0 ? before : { ...before, against: 0 };
  }
  const against = (before?.against ?? 0) + 1;
  const needed = active ? leaveTicks : enterTicks;
  if (!atOnce && against < needed) {
    return { code, severity, active, since: before?.since ?? isoTime(nowMs), against };
  }
  return active ? null : { code, severity, active: true, since: isoTime(nowMs), against: 0 };
}

/** Whether what a rule measures is on the wrong side of a limit. */
function isBeyond(
  unwell: HealthRule<unknown>['unwell'],
  measured: number | null,
  limit: number | null,
): boolean {
  return limit !== null && measured !== null && (unwell === 'above' ? measured > limit : measured < limit);
}

/** Whether nothing is on the wrong side of a limit. Nearly all are well, and always were: nothing is made for these. */
function isAllWell<Measures>(
  rules: readonly HealthRule<Measures>[],
  measures: Measures,
  thresholds: Thresholds,
): boolean {
  for (const { code, unwell, measure } of rules) {
    const measured = measure(measures);
    if (measured === null) continue;
    const { warning, critical } = thresholds[code];
    if (isBeyond(unwell, measured, warning) || isBeyond(unwell, measured, critical)) return false;
  }
  return true;
}

/** Judges by every rule, with hysteresis: entered after some ticks in a row, left after some others. Pure. */
export function judge<Measures>(
  rules: readonly HealthRule<Measures>[],
  measures: Measures,
  thresholds: Thresholds,
  before: readonly RuleMemory[],
  hysteresis: Hysteresis,
  nowMs: number,
): Judgement {
  if (before.length === 0 && isAllWell(rules, measures, thresholds)) return WELL;

  const memory: RuleMemory[] = [];
  const reasons: Reason[] = [];
  for (const { code, unwell, measure, beganMs, isState, atOnce = isState, holds } of rules) {
    const measured = measure(measures);
    const remembered = before.length === 0 ? before : before.filter((one) => one.code === code);
    if (measured === null && remembered.length === 0) continue;
    let isReported = false;
    for (const severity of SEVERITIES) {
      const limit = thresholds[code][severity];
      const exceeded = isBeyond(unwell, measured, limit);
      const old = remembered.find((one) => one.severity === severity);
      if (!exceeded && old === undefined) continue;
      const next =
        holds && measured === null
          ? old
          : nextMemory(
              old,
              { code, severity, exceeded, atOnce, nowMs: beganMs?.(measures) ?? nowMs },
              hysteresis,
            );
      if (next === null || next === undefined) continue;
      memory.push(next);
      // The graver severity speaks for both.
      if (!next.active || isReported) continue;
      isReported = true;
      reasons.push({
        code,
        severity,
        measured: isState ? null : rounded(measured, SHOWN_DECIMALS),
        limit: isState ? null : rounded(limit, SHOWN_DECIMALS),
        since: next.since,
      });
    }
  }
  return memory.length === 0
    ? WELL
    : { health: worstOf(reasons) ?? 'ok', reasons: worstFirst(reasons), memory };
}

/** What a collector that starts remembers of the reasons that stood in the last published record. */
export function rememberReasons(reasons: readonly Reason[], codes: ReadonlySet<ReasonCode>): RuleMemory[] {
  return reasons
    .filter((reason) => codes.has(reason.code))
    .map(({ code, severity, since }) => ({ code, severity, active: true, since, against: 0 }));
}
