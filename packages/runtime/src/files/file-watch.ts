import type { Logger } from '../log/logger.ts';
import { type FileLook, lookAtFile, type SettingFile } from './setting-file.ts';

export interface FileWatchOptions<T> {
  readonly file: SettingFile<T>;
  readonly path: string;
  readonly logger: Logger;
  /** How often the file is looked at, in ms. */
  readonly checkMs: number;
  /** What is told of a file that isn't as it should be: what holds meanwhile. */
  readonly meanwhile: string;
  /** Told what the file holds now; `isMended` after it was wrong. It may be the same as before. */
  readonly onRead: (value: T, isMended: boolean) => void;
}

/**
 * Looks at a file again and again. The content itself is compared, so it doesn't matter how the file was changed or
 * replaced. It counts once two looks in a row found the same: a file that is just being written may be empty or cut
 * for a moment.
 */
export class FileWatch<T> {
  readonly #options: FileWatchOptions<T>;
  #last: FileLook | null = null;
  #settled: FileLook | null = null;
  #mistakes: readonly string[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(options: FileWatchOptions<T>) {
    this.#options = options;
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#look();
    }, this.#options.checkMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Whether the file was wrong when it was last looked at, so that something of before holds. */
  get isWrong(): boolean {
    return this.#mistakes.length > 0;
  }

  /** What was wrong with it then, in words that show nothing of it; empty when nothing was. */
  get mistakes(): readonly string[] {
    return this.#mistakes;
  }

  /** Looks at the file at once, and takes what it holds, also when it is the same as before. */
  readNow(): void {
    const look = lookAtFile(this.#options.path);
    this.#last = look;
    this.#settled = look;
    this.#settle(look);
  }

  #look(): void {
    const look = lookAtFile(this.#options.path);
    const isSettled = isSame(look, this.#last);
    this.#last = look;
    if (!isSettled || isSame(look, this.#settled)) return;
    this.#settled = look;
    this.#settle(look);
  }

  #settle({ text, failure }: FileLook): void {
    const { file, path, logger, meanwhile, onRead } = this.#options;
    const reading = text === null ? { value: null, mistakes: [failure] } : file.parse(text);
    if (reading.mistakes !== null) {
      this.#mistakes = reading.mistakes;
      const what = reading.mistakes.join(', ');
      logger.error(`${file.setting} ${path}: ${what}; ${meanwhile}. Allowed: ${file.rule}`);
      return;
    }
    const isMended = this.isWrong;
    this.#mistakes = [];
    onRead(reading.value, isMended);
  }
}

function isSame(look: FileLook, other: FileLook | null): boolean {
  return other !== null && look.text === other.text && look.failure === other.failure;
}
