/** A part of a service that is started and stopped. */
export interface Part {
  readonly name: string;
  readonly start: () => void | Promise<void>;
  readonly stop: () => void | Promise<void>;
  /** Of a part that does something again and again while it runs. */
  readonly progress?: Progress;
}

/** By what one sees that a part goes on. */
export interface Progress {
  /** Time in ms in which it has to begin something. */
  readonly intervalMs: number;
  /** How often it has begun something. */
  readonly count: () => number;
}
