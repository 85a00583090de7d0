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

export interface FileWatch {
  readonly start: () => void;
  readonly stop: () => void;
}

/**
 * Looks at a file again and again. The content itself is compared, so it doesn't matter how the file was changed or
 * replaced. It counts once two looks in a row found the same: a file that is just being written may be empty or cut
 * for a moment.
 */
export function watchFile<T>(options: FileWatchOptions<T>): FileWatch {
  const { file, path, logger, checkMs, meanwhile, onRead } = options;
  let last: FileLook | null = null;
  let settled: FileLook | null = null;
  let isWrong = false;
  let timer: NodeJS.Timeout | undefined;

  function settle({ text, failure }: FileLook): void {
    const reading = text === null ? { value: null, mistakes: [failure] } : file.parse(text);
    if (reading.mistakes !== null) {
      isWrong = true;
      const what = reading.mistakes.join(', ');
      logger.error(`${file.setting} ${path}: ${what}; ${meanwhile}. Allowed: ${file.rule}`);
      return;
    }
    const isMended = isWrong;
    isWrong = false;
    onRead(reading.value, isMended);
  }

  return {
    start: () => {
      timer = setInterval(() => {
        const look = lookAtFile(path);
        const isSettled = isSame(look, last);
        last = look;
        if (!isSettled || isSame(look, settled)) return;
        settled = look;
        settle(look);
      }, checkMs);
    },
    stop: () => {
      clearInterval(timer);
    },
  };
}

function isSame(look: FileLook, other: FileLook | null): boolean {
  return other !== null && look.text === other.text && look.failure === other.failure;
}
