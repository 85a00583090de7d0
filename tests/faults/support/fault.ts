import type { FaultStage } from './stage.ts';

/** What is told of the server while something is broken, and by when at the latest. */
export interface ServerShown {
  /** `source.status` of the server in REST; left out = whatever. */
  readonly source?: string;
  readonly stale?: boolean;
}

/** Something that breaks, from outside, and is mended. */
export interface InjectedFault {
  /** As in the table of docs/operations.md. */
  readonly name: string;
  /** @returns what mends it */
  readonly begin: (stage: FaultStage) => Promise<() => Promise<void>>;
  /** What REST says of the server as long as it lasts. */
  readonly shows: ServerShown;
  /** Clients that are cut off or get nothing by it, of `one` and `two`; none where left out. */
  readonly hit?: readonly ('one' | 'two')[];
  /** The replica that is asked: the second where the first can't be hit. */
  readonly asks?: 'two';
  /** Intervals for which nobody can help being silent, though it is mended at once: a takeover takes two. */
  readonly silentIntervals?: number;
}

/** The silence after which another collector takes a server over, in intervals, and the poll after it. */
export const TAKEOVER = 3;
