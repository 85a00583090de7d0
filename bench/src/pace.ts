/** How long is measured. */
export interface Pace {
  /** Before a collector's ticks are counted, in ms, and how many ticks then are. */
  readonly warmUpMs: number;
  readonly ticks: number;
  /** Before idle processes are looked at, and how long they are. */
  readonly idleWarmUpMs: number;
  readonly idleMs: number;
  /** Starts of a service, or of a page. */
  readonly starts: number;
  /** Rounds of requests or messages to each peer in turn. */
  readonly rounds: number;
  /** Length of a round of requests, messages in a round of messages. */
  readonly roundMs: number;
  readonly messages: number;
  /** Windows in which an open page is looked at, each of this length. */
  readonly windows: number;
  readonly windowMs: number;
}

/** What the table in the documents is made with. */
export const FULL: Pace = {
  warmUpMs: 60_000,
  ticks: 30,
  idleWarmUpMs: 60_000,
  idleMs: 120_000,
  starts: 5,
  rounds: 5,
  roundMs: 2_000,
  messages: 20,
  windows: 4,
  windowMs: 20_000,
};

/** To see whether everything runs: its figures say little. */
export const QUICK: Pace = {
  warmUpMs: 6_000,
  ticks: 3,
  idleWarmUpMs: 3_000,
  idleMs: 10_000,
  starts: 1,
  rounds: 1,
  roundMs: 500,
  messages: 4,
  windows: 1,
  windowMs: 6_000,
};
