import Joi from 'joi';
import {
  ADDRESS_PRIVACIES,
  type AddressPrivacy,
  DEFAULT_KEY_PREFIX,
  DEFAULT_SERVER_ID,
  HOST_ID_RULE,
  SERVER_ID_RULE,
} from '@mediamtx-monitor/types';
import { hostIdSchema, serverIdSchema } from '@mediamtx-monitor/types/schemas';
import { fingerprint, list, plainAddress, redisAddress, webOrigin } from './kinds.ts';
import { PREVIEW_ADDRESSES_RULE, previewAddresses } from './preview-address.ts';
import type { Setting } from './setting.ts';
import { TOKEN_LINE, TOKEN_LINE_RULE } from './token-line.ts';
import type { SettingName, SettingValues } from './values.ts';

const port = Joi.number().port();
const portRule = 'a port, 0 to 65535';
const host = Joi.alternatives(Joi.string().hostname(), Joi.string().ip());
const hostRule = 'a host name or IP address';
const text = Joi.string();
const ticks = Joi.number().integer().min(1).max(100);
/** How many there may be of something. */
const limit = (usual: number, description: string): Setting<number> => ({
  schema: Joi.number().integer().min(1).max(1_000_000).default(usual),
  allowed: 'a whole number from 1 to 1000000',
  description,
});
const divisorsOf60 = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60];

/** Names of well-known networks, as proxy-addr has them. */
const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/**
 * Every setting there is. One environment file serves all services, so the catalogue is shared: each service
 * picks the settings it needs, and a name that is nowhere in here is most likely a typing mistake.
 */
export const SETTINGS: { readonly [Name in SettingName]: Setting<SettingValues[Name]> } = {
  MEDIAMTX_API_URL: {
    schema: plainAddress('http', 'https').default('http://127.0.0.1:9997'),
    allowed: 'an http:// or https:// address without query',
    description: 'Address of MediaMTX’s control API',
  },
  MEDIAMTX_API_USER: {
    schema: text,
    allowed: 'a user name of mediamtx.yml (authInternalUsers)',
    description: 'User for MediaMTX’s API, together with MEDIAMTX_API_PASSWORD',
  },
  MEDIAMTX_API_PASSWORD: {
    schema: text,
    allowed: 'that user’s password',
    description: 'Password for MediaMTX’s API',
    secret: true,
  },
  MEDIAMTX_API_TOKEN: {
    schema: text.pattern(/^[\x21-\x7e]+$/),
    allowed: 'a token without spaces, instead of user and password',
    description: 'Bearer token for MediaMTX’s API (a JWT where MediaMTX uses JWT authentication)',
    secret: true,
  },
  MEDIAMTX_API_CA_FILE: {
    schema: text,
    allowed: 'a path of a file in PEM; not together with MEDIAMTX_API_FINGERPRINT',
    description:
      'Certificate of the authority that stands for MediaMTX’s, where its API is reached over https://',
  },
  MEDIAMTX_API_FINGERPRINT: {
    schema: fingerprint,
    allowed: '64 hexadecimal digits, with or without colons',
    description:
      'SHA-256 of MediaMTX’s certificate: that one is believed, whoever made it and whatever name it is for',
  },
  MEDIAMTX_SERVER_ID: {
    schema: serverIdSchema.default(DEFAULT_SERVER_ID),
    allowed: SERVER_ID_RULE,
    description: 'Name of this MediaMTX server in keys, messages and URLs',
  },
  POLL_INTERVAL_SECONDS: {
    schema: Joi.number()
      .valid(...divisorsOf60)
      .default(2),
    allowed: `a divisor of 60: ${divisorsOf60.join(', ')}`,
    description: 'Time between two polls in seconds',
  },
  JSON_FILE: {
    schema: text.allow('').default('/tmp/mediamtx_streams.json'),
    allowed: 'a path of a file, or empty for none',
    description: 'File that holds the newest stream records as a JSON array',
    emptyMeansNone: true,
  },
  MONITOR_CONFIG: {
    schema: text,
    allowed: 'a path of a YAML file',
    description: 'File with thresholds, for all streams and by stream name; see docs/configuration.md',
  },
  HEALTH_ENTER_TICKS: {
    schema: ticks.default(3),
    allowed: 'a whole number from 1 to 100',
    description: 'Ticks in a row beyond a limit after which health gets worse',
  },
  HEALTH_LEAVE_TICKS: {
    schema: ticks.default(5),
    allowed: 'a whole number from 1 to 100',
    description: 'Ticks in a row within a limit after which health gets better',
  },
  REMOTE_ADDR: {
    schema: Joi.string<AddressPrivacy>()
      .valid(...ADDRESS_PRIVACIES)
      .default('full'),
    allowed: 'full, masked or none',
    description: 'How much of the addresses of publishers and readers is published; masked = /24 and /48',
  },
  HOST_ID: {
    schema: hostIdSchema,
    allowed: HOST_ID_RULE,
    description: 'Name of this machine in keys and messages; without it the host name, made to fit',
  },
  HOST_ROOT: {
    schema: text.pattern(/^\//).default('/'),
    allowed: 'an absolute path of a folder',
    description: 'Where the host’s file system is seen; in a container, where / of the host is mounted',
  },
  HOST_INTERVAL_SECONDS: {
    schema: Joi.number()
      .valid(...divisorsOf60)
      .default(5),
    allowed: `a divisor of 60: ${divisorsOf60.join(', ')}`,
    description: 'Time between two looks at the host in seconds',
  },
  REDIS_URL: {
    schema: redisAddress.default('redis://127.0.0.1:6379'),
    allowed:
      'a redis://, rediss:// or unix:// address, as in redis://user:password@host:6379/0, with user and password ' +
      'percent-encoded',
    description: 'Address of Redis',
    secret: true,
  },
  REDIS_CA_FILE: {
    schema: text,
    allowed: 'a path of a file in PEM; only with a rediss:// address',
    description: 'Certificate of the authority that stands for that of Redis',
  },
  REDIS_KEY_PREFIX: {
    schema: text.pattern(/^[A-Za-z0-9._:-]{1,64}$/).default(DEFAULT_KEY_PREFIX),
    allowed: '1 to 64 letters, digits, dots, colons, hyphens or underscores',
    description: 'What the names of all keys and channels begin with',
  },
  REDIS_DURABLE_URL: {
    schema: redisAddress,
    allowed: 'an address as for REDIS_URL',
    description:
      'Address of a Redis that keeps what must survive a restart; without it REDIS_URL is that, too',
    secret: true,
  },
  FORGET_SERVERS_AFTER_DAYS: {
    schema: Joi.number().integer().min(0).max(3_650).default(7),
    allowed: 'a whole number from 0 to 3650; 0 = never',
    description: 'Days after which a server of which nothing was published is removed from Redis',
  },
  API_HOST: {
    schema: host.default('127.0.0.1'),
    allowed: hostRule,
    description: 'Address the API listens on',
  },
  API_PORT: { schema: port.default(8000), allowed: portRule, description: 'Port the API listens on' },
  API_TOKENS: {
    schema: list(text.pattern(TOKEN_LINE)),
    allowed: `${TOKEN_LINE_RULE}, with commas in between; not together with API_TOKENS_FILE`,
    description: 'Who may use the API',
    secret: true,
  },
  API_TOKENS_FILE: {
    schema: text,
    allowed: 'a path of a file',
    description: 'File that says who may use the API, one line each; read again when it changes',
  },
  API_TICKET_KEY_FILE: {
    schema: text,
    allowed: 'a path of a file',
    description:
      'File with the key that tickets are signed with, the same for all replicas; read again when it changes',
  },
  ALLOWED_ORIGINS: {
    schema: list(webOrigin),
    allowed:
      'origins of web pages, as in https://monitor.example.com, also null and file://, with commas in between; no ' +
      'wildcards',
    description: 'Pages of other addresses that may use the API; its own pages always may',
  },
  ALLOWED_HOSTS: {
    schema: list(text.hostname().lowercase()),
    allowed: 'host names, with commas in between',
    description:
      'Names under which the API answers without tokens, and health ports do, beside localhost and IP addresses',
  },
  TRUST_PROXY: {
    schema: list(Joi.alternatives(text.ip({ cidr: 'optional' }), text.valid(...PROXY_NETWORKS))),
    allowed: `IP addresses, networks as in 10.0.0.0/8, or ${PROXY_NETWORKS.join(', ')}, with commas in between`,
    description: 'Proxies in front of the API whose X-Forwarded-For is believed',
  },
  MAX_REQUESTS_PER_MINUTE: limit(
    600,
    'Requests of one address in a minute, connects and subscribe messages included; loopback is free, unless TRUST_PROXY ' +
      'has it',
  ),
  MAX_CLIENTS: limit(10_000, 'WebSocket and SSE clients at the same time'),
  MAX_CLIENTS_PER_ADDRESS: limit(
    100,
    'WebSocket and SSE clients of one address at the same time; loopback is free, unless TRUST_PROXY has it',
  ),
  MAX_FILTERS: limit(1_000, 'Different filters (`stream`) of WebSocket and SSE clients at the same time'),
  MAX_FILTERS_PER_ADDRESS: limit(
    50,
    'Different filters of the clients of one address at the same time; loopback is free, unless TRUST_PROXY has it',
  ),
  STATIC_DIR: {
    schema: text,
    allowed: 'a path of a folder with an index.html, and nothing in it that is a path of the API',
    description: 'Folder of the dashboard, as it was built; served at /, to everyone',
  },
  PREVIEW_WEBRTC_URL: {
    schema: previewAddresses,
    allowed: PREVIEW_ADDRESSES_RULE,
    description: 'Where browsers reach MediaMTX’s WebRTC port, for previews in the dashboard',
  },
  PREVIEW_HLS_URL: {
    schema: previewAddresses,
    allowed: PREVIEW_ADDRESSES_RULE,
    description: 'Where browsers reach MediaMTX’s HLS port, for previews in the dashboard',
  },
  HEALTH_HOST: {
    schema: host.default('127.0.0.1'),
    allowed: hostRule,
    description: 'Address on which collector and host agent answer /healthz',
  },
  HEALTH_PORT: {
    schema: port,
    allowed: `${portRule}; 0 = off`,
    description: 'Port on which they answer; 9120 unless set (9121 for the host agent), 0 = off',
  },
  PUBLISHED_ON: {
    schema: host,
    allowed: hostRule,
    description:
      'Address on which others reach what listens here, where a container engine decides that; for warnings only',
  },
  LOG_LEVEL: {
    schema: Joi.string<SettingValues['LOG_LEVEL']>().valid('error', 'warn', 'info', 'debug').default('info'),
    allowed: 'error, warn, info or debug',
    description: 'How much is logged',
  },
  LOG_FORMAT: {
    schema: Joi.string<SettingValues['LOG_FORMAT']>().valid('auto', 'text', 'json').default('auto'),
    allowed: 'auto, text or json',
    description: 'Form of log lines; auto = text on a terminal, JSON otherwise',
  },
  LOG_FILE: { schema: text, allowed: 'a path of a file', description: 'File that log lines go to as well' },
  LOG_FILE_MAX_MB: {
    schema: Joi.number().integer().min(1).max(1024).default(10),
    allowed: 'a whole number from 1 to 1024',
    description: 'Size in MB at which LOG_FILE is put aside; three files are kept',
  },
  SIMULATOR_HOST: {
    schema: host.default('127.0.0.1'),
    allowed: hostRule,
    description: 'Address the simulator listens on',
  },
  SIMULATOR_PORT: {
    schema: port.default(9997),
    allowed: portRule,
    description: 'Port the simulator listens on',
  },
  SIMULATOR_STREAMS: {
    schema: Joi.number().integer().min(0).max(100_000).default(12),
    allowed: 'a whole number from 0 to 100000',
    description: 'Number of streams the simulator shows',
  },
  SIMULATOR_READERS: {
    schema: Joi.number().integer().min(0).max(1_000).default(2),
    allowed: 'a whole number from 0 to 1000',
    description: 'Number of readers of each simulated live stream',
  },
  SIMULATOR_REPLAY: {
    schema: text,
    allowed: 'a path of a file of mediamtx-snapshot',
    description: 'File that is replayed instead of a simulated fleet',
  },
};

/** Environment variables that begin like settings but belong to the test scripts and to compose.yaml. */
export const OTHER_VARIABLES: ReadonlySet<string> = new Set(['MEDIAMTX_BIN', 'API_REPLICAS']);
