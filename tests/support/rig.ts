/** Something that runs until it is stopped. */
export interface Stoppable {
  readonly stop: () => Promise<void>;
}

/** Keeps what a test has started, and stops it in reverse. */
export interface Rig {
  /** Waits for `starting`, keeps what comes of it, and hands it on. */
  readonly add: <T extends Stoppable>(starting: T | Promise<T>) => Promise<T>;
  readonly stop: () => Promise<void>;
}

export function createRig(): Rig {
  const kept: Stoppable[] = [];
  return {
    add: async (starting) => {
      const started = await starting;
      kept.unshift(started);
      return started;
    },
    stop: async () => {
      for (const part of kept.splice(0)) await part.stop();
    },
  };
}
