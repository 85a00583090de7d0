import { spawn } from 'node:child_process';
import type { Logger } from '../log/logger.ts';
import type { RedisOutages } from '../redis/outages.ts';
import type { Environment } from '../settings/load.ts';
import type { Part } from './part.ts';

/** The service manager of the machine (systemd), where it started this process and wants to hear from it. */
export interface ServiceManager {
  /** Tells it what changed, as in `READY=1`. Never throws. */
  readonly notify: (...changes: readonly string[]) => void;
  /** Time within which it has to be told again that this process lives; `null` when it doesn't ask. */
  readonly watchdogMs: number | null;
}

const PROGRAM = 'systemd-notify';
const NAME = 'service manager';

/**
 * Finds the service manager in the environment it gives to its services; `null` where there is none.
 * What it is told goes through `systemd-notify`, since Node can't send to the socket that systemd listens on.
 */
export function findServiceManager(
  env: Environment,
  pid: number,
  logger: Pick<Logger, 'warn'>,
): ServiceManager | null {
  const { NOTIFY_SOCKET, WATCHDOG_USEC, WATCHDOG_PID, PATH } = env;
  if (NOTIFY_SOCKET === undefined) return null;
  const isAsked = WATCHDOG_USEC !== undefined && (WATCHDOG_PID === undefined || WATCHDOG_PID === String(pid));
  const fail = (why: string): void => {
    logger.warn(`${PROGRAM} failed, systemd doesn't know how this service is: ${why}`);
  };
  return {
    watchdogMs: isAsked ? Number(WATCHDOG_USEC) / 1_000 : null,
    notify: (...changes) => {
      // It gets nothing else of the environment, which may hold secrets.
      spawn(PROGRAM, changes, { env: { NOTIFY_SOCKET, PATH }, stdio: 'ignore' })
        .on('error', (error) => {
          fail(error.message);
        })
        .on('exit', (code, signal) => {
          if (code !== 0) fail(`it ended with ${code ?? signal ?? 'nothing'}`);
        });
    },
  };
}

/** How often the status is looked at, in ms. */
const LOOK_MS = 5_000;

/**
 * Tells the service manager when the parts before it have started, then twice in each watchdog interval that the
 * event loop turns, and first of all when the service stops. A status line for the operator goes along, with the last
 * outage of Redis, and is told within seconds when it has changed.
 */
export function createServiceManagerPart(
  manager: ServiceManager | null,
  status: () => string,
  outages: RedisOutages,
): Part {
  if (manager === null) return { name: NAME, start: () => undefined, stop: () => undefined };
  const signMs = manager.watchdogMs === null ? Infinity : manager.watchdogMs / 2;
  const lookMs = Math.min(LOOK_MS, signMs);
  let reported = '';
  let silentMs = 0;
  let timer: NodeJS.Timeout | undefined;
  const statusText = (): string => [status(), outages.describe()].filter((part) => part !== '').join('; ');
  const report = (change: string, text: string): void => {
    manager.notify(change, `STATUS=${text.replace(/\s+/g, ' ')}`);
    reported = text;
    silentMs = 0;
  };
  return {
    name: NAME,
    start: () => {
      report('READY=1', statusText());
      timer = setInterval(() => {
        silentMs += lookMs;
        const text = statusText();
        if (text !== reported || silentMs >= signMs) report('WATCHDOG=1', text);
      }, lookMs);
    },
    stop: () => {
      clearInterval(timer);
      report('STOPPING=1', 'stopping');
    },
  };
}
