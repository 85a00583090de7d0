import type { HistoryKind } from '@mediamtx-monitor/types';

/** What a piece of a ribbon says: bytes came, stopped, weren't missed, were missed, or nobody knows. */
export const RIBBON_KINDS = ['live', 'stalled', 'rest', 'off', 'unknown'] as const;
export type RibbonKind = (typeof RIBBON_KINDS)[number];

/** What of this there is of each kind of subject: a server is heard of or not, and a host is as busy as its health says. */
export const KINDS_OF = {
  stream: RIBBON_KINDS,
  server: ['live', 'off', 'unknown'],
  host: ['live', 'stalled', 'off', 'unknown'],
} as const satisfies Readonly<Record<HistoryKind, readonly RibbonKind[]>>;

/** A piece of a ribbon: steps of the same kind, `last` excluded. */
export interface RibbonPiece {
  readonly kind: RibbonKind;
  readonly first: number;
  readonly last: number;
}

/** Pieces of what something was, step by step. @param healths of the same steps, as far as they are known */
export function ribbonPieces(
  states: readonly (string | null)[],
  healths: readonly (string | null)[],
): readonly RibbonPiece[] {
  return piecesOf(states.map((state, step) => kindOf(state, healths[step] ?? null)));
}

/** Pieces of how a host was, by its health alone: whether it is live is no question of a host. */
export function hostPieces(healths: readonly (string | null)[]): readonly RibbonPiece[] {
  return piecesOf(healths.map(hostKind));
}

function hostKind(health: string | null): RibbonKind {
  if (health === 'ok') return 'live';
  return health === 'warning' ? 'stalled' : health === 'critical' ? 'off' : 'unknown';
}

function piecesOf(kinds: readonly RibbonKind[]): readonly RibbonPiece[] {
  const pieces: RibbonPiece[] = [];
  for (const [step, kind] of kinds.entries()) {
    const before = pieces.at(-1);
    if (before?.kind === kind) pieces[pieces.length - 1] = { ...before, last: step + 1 };
    else pieces.push({ kind, first: step, last: step + 1 });
  }
  return pieces;
}

/** The same as a background: a name of a colour for each piece; what is unknown shows what lies below. */
export function ribbonGradient(pieces: readonly RibbonPiece[]): string {
  const steps = pieces.at(-1)?.last ?? 0;
  if (steps === 0) return 'none';
  const share = (step: number): string => `${Number(((step / steps) * 100).toFixed(2))}%`;
  const stops = pieces.map(({ kind, first, last }) => `var(--ribbon-${kind}) ${share(first)} ${share(last)}`);
  return `linear-gradient(90deg, ${stops.join(', ')})`;
}

/** A server that can't be read is off; so is a stream that isn't live and is missed. */
function kindOf(state: string | null, health: string | null): RibbonKind {
  switch (state) {
    case null:
      return 'unknown';
    case 'live':
    case 'up':
      return 'live';
    case 'stalled':
      return 'stalled';
    case 'idle':
    case 'waiting':
    case 'standby':
    case 'missing':
      return health === 'warning' || health === 'critical' ? 'off' : 'rest';
    default:
      return 'off';
  }
}
