import type { HistoryAnswer } from '@mediamtx-monitor/types';
import type { ChartSpan } from './chart-span.ts';
import type { RibbonKind, RibbonPiece } from './ribbon.ts';
import type { Story } from './story.ts';

/** A piece of a ribbon between two moments, Unix ms. */
export interface TimedPiece extends ChartSpan {
  readonly kind: RibbonKind;
}

/** Steps that are longer say how it was at worst: in them a short outage is to be seen. */
const FINE_SECONDS = 30;
/** A state is told some ticks late, and stands in its step. */
const LATE_MS = 30_000;

/** Pieces by time; what is still to come is none. @param untilMs now, or where the time ends that is shown */
export function timedPieces(
  pieces: readonly RibbonPiece[],
  { from, stepSeconds }: Pick<HistoryAnswer, 'from' | 'stepSeconds'>,
  untilMs: number,
): readonly TimedPiece[] {
  const at = (step: number): number => Math.min(untilMs, Date.parse(from) + step * stepSeconds * 1_000);
  return pieces
    .map(({ kind, first, last }) => ({ kind, fromMs: at(first), toMs: at(last) }))
    .filter(({ fromMs, toMs }) => fromMs < toMs);
}

/** Outages of a stream as its stories tell them. @param nowMs until when those last that aren't over */
export function outagesOf(
  stories: readonly Story[],
  { server, name }: { readonly server: string; readonly name: string },
  nowMs: number,
): readonly TimedPiece[] {
  return stories
    .filter((story) => story.kind === 'outages' && story.server === server && story.stream === name)
    .filter(({ isCut, course }) => !isCut && course !== 'lost')
    .map(({ beganMs, endedMs, events }) => ({
      kind: events.some(({ type }) => type === 'stream.stalled') ? 'stalled' : 'off',
      fromMs: beganMs,
      toMs: endedMs ?? nowMs,
    }));
}

/**
 * A ribbon whose outages begin and end as they are told everywhere else: states are seen some ticks later, and only step
 * by step. Of longer steps it stays as it is.
 */
export function withOutages(
  pieces: readonly TimedPiece[],
  outages: readonly TimedPiece[],
  stepSeconds: number,
): readonly TimedPiece[] {
  if (stepSeconds > FINE_SECONDS || outages.length === 0) return pieces;
  const edges = outages.flatMap(({ fromMs, toMs }) => [fromMs - LATE_MS, fromMs, toMs, toMs + LATE_MS]);
  const cut: TimedPiece[] = [];
  for (const piece of pieces) {
    const inside = edges.filter((ms) => ms > piece.fromMs && ms < piece.toMs);
    const starts = [piece.fromMs, ...new Set(inside.sort((a, b) => a - b))];
    for (const [index, fromMs] of starts.entries()) {
      const part = { kind: piece.kind, fromMs, toMs: starts[index + 1] ?? piece.toMs };
      const kind = kindIn(part, outages);
      const before = cut.at(-1);
      if (before?.kind === kind) cut[cut.length - 1] = { ...before, toMs: part.toMs };
      else cut.push({ ...part, kind });
    }
  }
  return cut;
}

/** The same as a background over a time; what is unknown shows what lies below. */
export function timedGradient(pieces: readonly TimedPiece[], { fromMs, toMs }: ChartSpan): string {
  if (pieces.length === 0) return 'none';
  const share = (ms: number): string => `${Number((((ms - fromMs) / (toMs - fromMs)) * 100).toFixed(2))}%`;
  const stops = pieces.map(
    (piece) => `var(--ribbon-${piece.kind}) ${share(piece.fromMs)} ${share(piece.toMs)}`,
  );
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}

/** What a piece is that no outage begins or ends in. */
function kindIn({ kind, fromMs, toMs }: TimedPiece, outages: readonly TimedPiece[]): RibbonKind {
  const around = outages.find((one) => one.fromMs <= fromMs && toMs <= one.toMs);
  if (around !== undefined) return kind === 'live' ? around.kind : kind;
  if (kind !== 'stalled' && kind !== 'off') return kind;
  const isNear = outages.some(
    (one) =>
      (one.toMs <= fromMs && toMs <= one.toMs + LATE_MS) ||
      (one.fromMs - LATE_MS <= fromMs && toMs <= one.fromMs),
  );
  return isNear ? 'live' : kind;
}
