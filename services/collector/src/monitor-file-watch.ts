import { FileWatch, type Logger, type Part } from '@mediamtx-monitor/runtime';
import type { Monitored, WatchedFile } from './config.ts';

export interface MonitorFileWatchOptions {
  readonly watched: WatchedFile;
  readonly logger: Logger;
  /** Source of SIGHUP, at which the file is read at once; none where that means something else. */
  readonly signals: Pick<NodeJS.Process, 'on' | 'off'> | null;
  /** Told what the file says now; it may be the same as before. */
  readonly onRead: (monitored: Monitored) => void;
  /** How often the file is looked at, in ms. */
  readonly checkMs?: number;
}

/** Whether what MONITOR_CONFIG says holds, or something of before since it is wrong; as the health port shows it. */
export type MonitorFileHealth =
  | { readonly status: 'ok' }
  /** Mistakes with line and column. */
  | { readonly status: 'refused'; readonly mistakes: readonly string[] };

const CHECK_MS = 500;

/** Reads MONITOR_CONFIG again when it changes, and on SIGHUP. */
export class MonitorFileWatch implements Part {
  readonly name = 'MONITOR_CONFIG';
  readonly #options: MonitorFileWatchOptions;
  readonly #watch: FileWatch<Monitored>;

  constructor(options: MonitorFileWatchOptions) {
    const { watched, logger, onRead, checkMs = CHECK_MS } = options;
    this.#options = options;
    this.#watch = new FileWatch({
      file: { setting: 'MONITOR_CONFIG', rule: 'what docs/configuration.md says', parse: watched.parse },
      path: watched.path,
      logger,
      checkMs,
      meanwhile: 'what it said before holds',
      onRead: (monitored, isMended) => {
        if (isMended) logger.info('MONITOR_CONFIG is right again');
        onRead(monitored);
      },
    });
  }

  start(): void {
    this.#watch.start();
    this.#options.signals?.on('SIGHUP', this.#onSignal);
  }

  stop(): void {
    this.#options.signals?.off('SIGHUP', this.#onSignal);
    this.#watch.stop();
  }

  get health(): MonitorFileHealth {
    const { mistakes } = this.#watch;
    return mistakes.length === 0 ? { status: 'ok' } : { status: 'refused', mistakes };
  }

  readonly #onSignal = (): void => {
    this.#options.logger.info('SIGHUP: MONITOR_CONFIG is read');
    this.#watch.readNow();
  };
}
