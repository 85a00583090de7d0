/**
 * What a stream did: brought bytes, didn't, wasn't meant to, or nobody knows. `unseen`: nobody looked, and what is told
 * last is that it was up; that ends an outage, and counts as unknown.
 */
export type RunKind = 'up' | 'down' | 'unscheduled' | 'unseen' | 'unknown';

/** A time in which it did one of these (Unix times in ms). */
export interface RunPiece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly kind: RunKind;
}

/** What one stream did in each moment of a window: in order, each piece where the one before ends. */
export interface StreamCourse {
  readonly server: string;
  readonly stream: string;
  readonly pieces: readonly RunPiece[];
}

/** Of several streams, what is true of all of them together: the first that any of them does. */
const ORDER = ['up', 'unseen', 'unknown', 'down', 'unscheduled'] as const satisfies readonly RunKind[];

/**
 * What several streams did that stand for one thing: that is up while any of them is, and down only where none may have
 * been up.
 * @param runs of the same window; none = nothing is known
 */
export function joinRuns(runs: readonly (readonly RunPiece[])[], fromMs: number, toMs: number): RunPiece[] {
  const starts = new Set(runs.flatMap((pieces) => pieces.map((piece) => piece.fromMs)));
  const cuts = [...starts.add(fromMs)].sort((a, b) => a - b);
  const places = runs.map(() => 0);
  const joined: RunPiece[] = [];
  for (const [index, startMs] of cuts.entries()) {
    const kinds = runs.map((pieces, run) => {
      let place = places[run] ?? 0;
      while ((pieces[place]?.toMs ?? Infinity) <= startMs) place += 1;
      places[run] = place;
      return pieces[place]?.kind ?? 'unknown';
    });
    const kind = ORDER.find((each) => kinds.includes(each)) ?? 'unknown';
    append(joined, { fromMs: startMs, toMs: cuts[index + 1] ?? toMs, kind });
  }
  return joined;
}

/** Adds a piece; to the one before where that is of the same kind. */
export function append(pieces: RunPiece[], piece: RunPiece): void {
  if (piece.fromMs >= piece.toMs) return;
  const before = pieces.at(-1);
  if (before?.kind === piece.kind) pieces[pieces.length - 1] = { ...before, toMs: piece.toMs };
  else pieces.push(piece);
}
