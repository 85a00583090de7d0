/** What services declare their settings with, and the groups of settings that several of them take. */
export {
  address,
  because,
  FILE_PATH,
  HOST,
  HTTP_ADDRESS,
  list,
  oneOf,
  PORT,
  SLOT_SECONDS,
  text,
  wholeNumber,
} from './kinds.ts';
export { HOST_NAME_SETTINGS, healthPortSettings, PUBLISHED_SETTINGS } from './health-port.ts';
export { LOG_SETTINGS } from './log.ts';
export { MONITOR_FILE_SETTINGS } from './monitor-file.ts';
export type { HostPort } from '../redis/address.ts';
export { DURABLE_REDIS_SETTINGS, REDIS_SETTINGS } from './redis.ts';
export {
  type Declarations,
  type SettingKind,
  type Setting,
  setting,
  type SettingValuesOf,
} from './setting.ts';
