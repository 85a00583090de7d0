import { systemClock } from '@mediamtx-monitor/runtime';
import type { RawSnapshot } from '@mediamtx-monitor/types';
import { contentOfReplay } from './replay/content.ts';
import { SimulatorError } from './errors.ts';
import { isStreamFault } from './faults/fault.ts';
import { openServer, type SimulatedServer } from './server.ts';
import { VERSIONS } from './versions/catalogue.ts';

/** What to replay, and where. */
export interface ReplayOptions {
  readonly snapshot: RawSnapshot;
  /** Address to listen on; default 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on; default 0, which takes a free one. */
  readonly port?: number;
  /** Monotonic clock in ms; default the process's. The samples follow one another by it. */
  readonly nowMs?: () => number;
}

/**
 * Starts a server that answers exactly what was recorded, in pages as MediaMTX 1.20 makes them: the first sample
 * from the first question on, the others after as much time as was between them, the last one for ever.
 * @throws StartError of the runtime, `not-listening`, if the address or port can't be had
 */
export function startReplay(options: ReplayOptions): Promise<SimulatedServer> {
  const { snapshot, host = '127.0.0.1', port = 0, nowMs = systemClock.monotonicMs } = options;
  const version = VERSIONS['1.20'];
  return openServer({
    host,
    port,
    version,
    contentOf: contentOfReplay(snapshot, version, nowMs),
    onFault: (fault) => {
      if (!isStreamFault(fault)) return;
      throw new SimulatorError(
        'invalid-fault',
        'What is replayed has no streams that something could happen to.',
      );
    },
    credentials: null,
    delayAuth401Ms: 0,
  });
}
