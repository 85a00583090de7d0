import type { Part } from '@mediamtx-monitor/runtime';
import { createLogRecorder, freePort, type LogRecorder } from '@mediamtx-monitor/testkit';

/** A service that runs in this process, and what ends it. */
export interface StartedService {
  /** Its health port, as in `http://127.0.0.1:9120`. */
  readonly url: string;
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** Starts what is made of a health port and a log. */
export async function startService(
  create: (port: string, logger: LogRecorder['logger']) => readonly Part[],
): Promise<StartedService> {
  const port = String(await freePort());
  const log = createLogRecorder();
  const parts = create(port, log.logger);
  for (const part of parts) await part.start();
  return {
    url: `http://127.0.0.1:${port}`,
    log,
    stop: async () => {
      for (const part of parts.toReversed()) await part.stop();
    },
  };
}
