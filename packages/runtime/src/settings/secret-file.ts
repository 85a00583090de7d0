import { FileWatch } from '../files/file-watch.ts';
import type { SettingFile } from '../files/setting-file.ts';
import type { Logger } from '../log/logger.ts';
import type { Setting } from './setting.ts';

/** The file that `<NAME>_FILE` of a secret names: white space at both ends of it is cut off. */
export function secretFile(name: string, { kind }: Setting<unknown>): SettingFile<string> {
  return {
    setting: `${name}_FILE`,
    rule: kind.allowed,
    parse: (text) => {
      const value = text.trim();
      if (value === '') return { value: null, mistakes: ['content is empty'] };
      return kind.schema.validate(value).error === undefined
        ? { value, mistakes: null }
        : { value: null, mistakes: ['content is wrong'] };
    },
  };
}

export interface SecretWatchOptions {
  /** Name of the setting. */
  readonly name: string;
  readonly setting: Setting<unknown>;
  /** What names its file, for people; `<NAME>_FILE` unless given. */
  readonly shownAs?: string;
  /** The file that it came from. */
  readonly path: string;
  readonly logger: Logger;
  /** How often the file is looked at, in ms. */
  readonly checkMs: number;
  /** What is in use. */
  readonly value: () => string | undefined;
  /** Told what is to be used from now on. */
  readonly change: (value: string) => void;
}

/** Keeps a secret as its file says, also after that was changed or replaced. */
export function secretWatch(options: SecretWatchOptions): FileWatch<string> {
  const { name, setting, path, logger, checkMs, value, change, shownAs = `${name}_FILE` } = options;
  return new FileWatch({
    file: { ...secretFile(name, setting), setting: shownAs },
    path,
    logger,
    checkMs,
    meanwhile: 'what it held before stays in use',
    onRead: (next, isMended) => {
      const isSame = next === value();
      if (isSame && !isMended) return;
      change(next);
      logger.info(`${shownAs} read again: ${isSame ? 'the same as before' : 'another one'}`);
    },
  });
}
