import {
  DURABLE_REDIS_SETTINGS,
  healthPortSettings,
  HTTP_ADDRESS,
  type SettingKind,
  LOG_SETTINGS,
  MONITOR_FILE_SETTINGS,
  oneOf,
  REDIS_SETTINGS,
  setting,
  type SettingValuesOf,
  SLOT_SECONDS,
  text,
  wholeNumber,
} from '@mediamtx-monitor/runtime/settings';
import { ADDRESS_PRIVACIES, DEFAULT_SERVER_ID, SERVER_ID_RULE } from '@mediamtx-monitor/types';
import { serverIdSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';

const FINGERPRINT_TEXT = /^(?:[\da-f]{2}:?){31}[\da-f]{2}$/i;

/** SHA-256 of a certificate, as openssl prints it or without colons; becomes capitals with colons, as Node has it. */
const FINGERPRINT: SettingKind<string> = {
  schema: Joi.string()
    .trim()
    .custom((value: string, helpers) => {
      const digits = value.replace(/^sha256 fingerprint=/i, '');
      if (!FINGERPRINT_TEXT.test(digits)) return helpers.error('any.invalid');
      return (digits.toUpperCase().match(/[\dA-F]{2}/g) ?? []).join(':');
    }),
  allowed: '64 hexadecimal digits, with or without colons',
};

/** Which MediaMTX to ask, and as whom. */
export const SOURCE_SETTINGS = {
  MEDIAMTX_API_URL: setting({
    kind: HTTP_ADDRESS,
    default: 'http://127.0.0.1:9997',
    description:
      'Address of MediaMTX’s control API. A user and password in it are used, and never shown. A path of the API ' +
      '(`/v3`) at its end is left out, with a warning',
  }),
  MEDIAMTX_API_USER: setting({
    kind: text('a user name of mediamtx.yml (authInternalUsers)'),
    description: 'User for MediaMTX’s API, together with MEDIAMTX_API_PASSWORD',
  }),
  MEDIAMTX_API_PASSWORD: setting({
    kind: text('that user’s password'),
    description: 'Password for MediaMTX’s API',
    secret: true,
  }),
  MEDIAMTX_API_TOKEN: setting({
    kind: text('a token without spaces, instead of user and password', /^[\x21-\x7e]+$/),
    description: 'Bearer token for MediaMTX’s API (a JWT where MediaMTX uses JWT authentication)',
    secret: true,
  }),
  MEDIAMTX_API_CA_FILE: setting({
    kind: text('a path of a file in PEM; not together with MEDIAMTX_API_FINGERPRINT'),
    description:
      'Certificate of the authority that stands for MediaMTX’s, where its API is reached over https://; see [TLS](#tls)',
  }),
  MEDIAMTX_API_FINGERPRINT: setting({
    kind: FINGERPRINT,
    description:
      'SHA-256 of MediaMTX’s certificate: that one is believed, whoever made it and whatever name it is for',
  }),
};

/** What is made of it, how often, and what is left out. */
export const SNAPSHOT_SETTINGS = {
  MEDIAMTX_SERVER_ID: setting({
    kind: { schema: serverIdSchema, allowed: SERVER_ID_RULE },
    default: DEFAULT_SERVER_ID,
    description: 'Name of this MediaMTX server in keys, messages and URLs',
  }),
  POLL_INTERVAL_SECONDS: setting({
    kind: SLOT_SECONDS,
    default: 2,
    description: 'Time between two polls in seconds',
  }),
  JSON_FILE: setting({
    kind: { schema: Joi.string().allow(''), allowed: 'a path of a file, or empty for none' },
    default: '/tmp/mediamtx_streams.json',
    description: 'File that holds the newest stream records as a JSON array',
    emptyMeansNone: true,
  }),
  REMOTE_ADDR: setting({
    kind: oneOf(...ADDRESS_PRIVACIES),
    default: 'full',
    description: 'How much of the addresses of publishers and readers is published; masked = /24 and /48',
  }),
};

/** What events and sessions keep. */
export const EVENT_SETTINGS = {
  SESSION_ADDRESSES: setting({
    kind: oneOf('masked', 'full'),
    default: 'masked',
    description:
      'How much of the addresses of publishers and readers events and sessions keep; masked = /24 and /48. Never more ' +
      'than REMOTE_ADDR shows',
  }),
  EVENTS_KEPT_DAYS: setting({
    kind: wholeNumber(1, 3650),
    default: 30,
    description: 'Days after which an event is removed',
  }),
  EVENTS_MAX: setting({
    kind: wholeNumber(1_000, 100_000_000),
    default: 1_000_000,
    description: 'Events of all servers that are kept at most, some hundred more for a while',
  }),
  SESSIONS_KEPT_DAYS: setting({
    kind: wholeNumber(1, 3650),
    default: 30,
    description: 'Days after which a session that ended is removed',
  }),
  SESSIONS_MAX: setting({
    kind: wholeNumber(1_000, 100_000_000),
    default: 1_000_000,
    description: 'Sessions of all servers that are kept at most, some hundred more for a while',
  }),
};

/** When a stream's health is no longer ok. */
export const HEALTH_SETTINGS = {
  ...MONITOR_FILE_SETTINGS,
  HEALTH_ENTER_TICKS: setting({
    kind: wholeNumber(1, 100),
    default: 3,
    description: 'Ticks in a row beyond a limit after which health gets worse',
  }),
  HEALTH_LEAVE_TICKS: setting({
    kind: wholeNumber(1, 100),
    default: 5,
    description: 'Ticks in a row within a limit after which health gets better',
  }),
};

/** When what others left in Redis is removed. */
export const FORGET_SETTINGS = {
  FORGET_SERVERS_AFTER_DAYS: setting({
    kind: { ...wholeNumber(0, 3650), allowed: `${wholeNumber(0, 3650).allowed}; 0 = never` },
    default: 7,
    description: 'Days after which a server of which nothing was published is removed from Redis',
  }),
};

/** What is kept of the past. */
export const HISTORY_SETTINGS = {
  HISTORY_MAX_STREAMS: setting({
    kind: {
      ...wholeNumber(0, 100_000),
      allowed: `${wholeNumber(0, 100_000).allowed}; 0 = no history is kept`,
    },
    default: 2_000,
    description:
      'Most streams of a server whose history is kept, some 200 kB each; above, the longest silent make room',
  }),
};

/** All that the collector is told by its environment. */
export const COLLECTOR_SETTINGS = {
  ...SOURCE_SETTINGS,
  ...SNAPSHOT_SETTINGS,
  ...EVENT_SETTINGS,
  ...HEALTH_SETTINGS,
  ...REDIS_SETTINGS,
  ...DURABLE_REDIS_SETTINGS,
  ...HISTORY_SETTINGS,
  ...FORGET_SETTINGS,
  ...healthPortSettings(9120),
  ...LOG_SETTINGS,
};

export type SourceSettings = SettingValuesOf<typeof SOURCE_SETTINGS>;
