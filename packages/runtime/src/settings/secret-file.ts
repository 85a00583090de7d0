import type { SettingFile } from '../files/setting-file.ts';
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
