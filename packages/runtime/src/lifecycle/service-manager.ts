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

export interface ServiceManagerPartOptions {
  /** `null` where there is none: then nobody is told. */
  readonly manager: ServiceManager | null;
  /** How the service is, in one line for the operator. */
  readonly status: () => string;
  readonly outages: RedisOutages;
}

/**
 * Tells the service manager when the parts before it have started, then twice in each watchdog interval that the
 * event loop turns, and first of all when the service stops. A status line for the operator goes along, with the last
 * outage of Redis, and is told within seconds when it has changed.
 */
export class ServiceManagerPart implements Part {
  readonly name = 'service manager';
  readonly #options: ServiceManagerPartOptions;
  /** Time in ms after which it has to hear something. */
  readonly #signMs: number;
  readonly #lookMs: number;
  #reported = '';
  #silentMs = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: ServiceManagerPartOptions) {
    const watchdogMs = options.manager?.watchdogMs ?? Infinity;
    this.#options = options;
    this.#signMs = watchdogMs / 2;
    this.#lookMs = Math.min(LOOK_MS, this.#signMs);
  }

  start(): void {
    if (this.#options.manager === null) return;
    this.#report('READY=1', this.#status);
    this.#timer = setInterval(() => {
      this.#look();
    }, this.#lookMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#report('STOPPING=1', 'stopping');
  }

  #look(): void {
    this.#silentMs += this.#lookMs;
    const status = this.#status;
    if (status !== this.#reported || this.#silentMs >= this.#signMs) this.#report('WATCHDOG=1', status);
  }

  #report(change: string, status: string): void {
    this.#options.manager?.notify(change, `STATUS=${status.replace(/\s+/g, ' ')}`);
    this.#reported = status;
    this.#silentMs = 0;
  }

  get #status(): string {
    const { status, outages } = this.#options;
    return [status(), outages.describe()].filter((part) => part !== '').join('; ');
  }
}
