import { FILE_PATH, oneOf, wholeNumber } from './kinds.ts';
import { setting, type SettingValuesOf } from './setting.ts';

/** How every program logs. */
export const LOG_SETTINGS = {
  LOG_LEVEL: setting({
    kind: oneOf('error', 'warn', 'info', 'debug'),
    default: 'info',
    description: 'How much is logged',
  }),
  LOG_FORMAT: setting({
    kind: oneOf('auto', 'text', 'json'),
    default: 'auto',
    description: 'Form of log lines; auto = text on a terminal, JSON otherwise',
  }),
  LOG_FILE: setting({ kind: FILE_PATH, description: 'File that log lines go to as well' }),
  LOG_FILE_MAX_MB: setting({
    kind: wholeNumber(1, 1024),
    default: 10,
    description: 'Size in MB at which LOG_FILE is put aside; three files are kept',
  }),
};

export type LogSettings = SettingValuesOf<typeof LOG_SETTINGS>;
