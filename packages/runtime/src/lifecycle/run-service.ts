import { once } from 'node:events';
import { EXIT_CODES } from '@mediamtx-monitor/types';
import { stackOf } from '../as-error.ts';
import type { Logger } from '../log/logger.ts';
import { patiently } from '../patience.ts';
import type { Part } from './part.ts';
import { Watchdog, WATCHDOG_LIMITS, type WatchdogLimits } from './watchdog.ts';

export interface RunOptions {
  readonly logger: Logger;
  /** Started in this order, stopped in reverse. */
  readonly parts: readonly Part[];
  /** Source of SIGTERM and SIGINT, and of failures that nobody caught. */
  readonly signals: Pick<NodeJS.Process, 'on' | 'off'>;
  /** Ends the process at once. */
  readonly exit: (code: number) => void;
  /** Time for an orderly end; then the process exits all the same. */
  readonly stopDeadlineMs?: number;
  /** How long this service may hang; `null`: for ever, where the process has more to do than this service. */
  readonly watchdog?: WatchdogLimits | null;
}

const STOP_DEADLINE_MS = 10_000;
/** Time that a part has to stop, so that one that waits for an answer takes none from the others. */
const PART_PATIENCE_MS = 3_000;
/** Time that what all parts have left behind, as a question without an answer, has to end by itself. */
const LINGER_MS = 1_000;
const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

/**
 * Runs a service until a signal ends it, and resolves with its exit code. A second signal, or a stop that takes longer than
 * the deadline, exits at once, and so does one that hangs; a part that takes long to stop, and what is left when all have
 * stopped, is not waited for. A part that can't start stops those before it and is thrown. What nobody caught is logged and
 * ends the process with 1: whose it was isn't known, so that going on would be a guess.
 */
export async function runService(options: RunOptions): Promise<number> {
  const {
    logger,
    parts,
    signals,
    exit,
    stopDeadlineMs = STOP_DEADLINE_MS,
    watchdog = WATCHDOG_LIMITS,
  } = options;
  const started: Part[] = [];
  const watching = watchdog === null ? null : new Watchdog({ ...watchdog, parts: started, logger, exit });
  watching?.start();
  const leaving = new AbortController();
  let deadline: NodeJS.Timeout | undefined;
  const onSignal = (signal: NodeJS.Signals): void => {
    if (leaving.signal.aborted) {
      logger.warn(`${signal} again: leaving at once`);
      exit(EXIT_CODES.failed);
      return;
    }
    logger.info(`${signal}: stopping`);
    deadline = setTimeout(() => {
      logger.error(`not stopped within ${stopDeadlineMs} ms: leaving at once`);
      exit(EXIT_CODES.failed);
    }, stopDeadlineMs).unref();
    watching?.letRest();
    leaving.abort();
  };
  const onUncaught = (error: unknown): void => {
    logger.error('an error that nobody caught ends this service', { error: stackOf(error) });
    exit(EXIT_CODES.failed);
  };
  for (const signal of SIGNALS) signals.on(signal, onSignal);
  // Promises that reject and have no handler come here too.
  signals.on('uncaughtException', onUncaught);
  try {
    for (const part of parts) {
      if (leaving.signal.aborted) break;
      await part.start();
      started.unshift(part);
    }
    if (!leaving.signal.aborted) await once(leaving.signal, 'abort');
  } finally {
    for (const part of started) await stopPart(part, logger);
    for (const signal of SIGNALS) signals.off(signal, onSignal);
    signals.off('uncaughtException', onUncaught);
    clearTimeout(deadline);
    watching?.stop();
  }
  setTimeout(() => {
    exit(EXIT_CODES.done);
  }, LINGER_MS).unref();
  return EXIT_CODES.done;
}

async function stopPart(part: Part, logger: Logger): Promise<void> {
  try {
    await patiently(Promise.resolve(part.stop()), PART_PATIENCE_MS);
  } catch (error) {
    logger.error(`${part.name} did not stop cleanly`, { error: String(error) });
  }
}
