import type { SettingFile } from '../files/setting-file.ts';
import { SETTINGS } from './catalog.ts';
import type { SettingName } from './values.ts';

/** The file that `<NAME>_FILE` of a secret names: white space at both ends of it is cut off. */
export function secretFile(name: SettingName): SettingFile<string> {
  const { schema, allowed } = SETTINGS[name];
  return {
    setting: `${name}_FILE`,
    rule: allowed,
    parse: (text) => {
      const value = text.trim();
      if (value === '') return { value: null, mistakes: ['content is empty'] };
      return schema.validate(value).error === undefined
        ? { value, mistakes: null }
        : { value: null, mistakes: ['content is wrong'] };
    },
  };
}
