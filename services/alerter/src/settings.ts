import {
  because,
  DURABLE_REDIS_SETTINGS,
  healthPortSettings,
  HTTP_ADDRESS,
  LOG_SETTINGS,
  MONITOR_FILE_SETTINGS,
  REDIS_SETTINGS,
  setting,
  type SettingKind,
} from '@mediamtx-monitor/runtime/settings';

/** It stands in messages, which others hand on. */
const LINK_ADDRESS: SettingKind<string> = {
  schema: HTTP_ADDRESS.schema.custom((value: string, helpers) =>
    value.includes('@') ? because(helpers, 'it has a user or password, which everybody would see') : value,
  ),
  allowed: HTTP_ADDRESS.allowed,
};

/** What messages say beside what is wrong. */
export const MESSAGE_SETTINGS = {
  DASHBOARD_URL: setting({
    kind: LINK_ADDRESS,
    description:
      'Address at which people reach the dashboard, as in `https://monitor.example.com`: messages lead there. Without ' +
      'it they have no link',
  }),
};

/** All that the alerter is told by its environment. */
export const ALERTER_SETTINGS = {
  ...MONITOR_FILE_SETTINGS,
  ...MESSAGE_SETTINGS,
  ...REDIS_SETTINGS,
  ...DURABLE_REDIS_SETTINGS,
  ...healthPortSettings(9122),
  ...LOG_SETTINGS,
};
