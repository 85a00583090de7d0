import type { PlayError } from './play-error.ts';

/** What a way of playing is given. */
export interface Playback {
  readonly video: HTMLVideoElement;
  /** Ends it, at any time. */
  readonly signal: AbortSignal;
  /** Is told when something that played plays no more; not when it was ended. */
  readonly onEnd: (why: PlayError) => void;
}

/** Plays what is at an address. Resolves when it plays. @throws {PlayError} or whatever the browser throws */
export type Play = (url: string, playback: Playback) => Promise<void>;
