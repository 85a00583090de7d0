import {
  address,
  DURABLE_REDIS_SETTINGS,
  FILE_PATH,
  HOST,
  HOST_NAME_SETTINGS,
  HTTP_ADDRESS,
  type SettingKind,
  list,
  LOG_SETTINGS,
  MONITOR_FILE_SETTINGS,
  PORT,
  PUBLISHED_SETTINGS,
  REDIS_SETTINGS,
  setting,
  type SettingValuesOf,
  SLOT_SECONDS,
  text,
  wholeNumber,
} from '@mediamtx-monitor/runtime/settings';
import { TOKEN_LINE, TOKEN_LINE_RULE, TOKEN_NAME, TOKEN_NAME_RULE } from '@mediamtx-monitor/runtime';
import { isServerId, type Preview } from '@mediamtx-monitor/types';
import Joi from 'joi';

/**
 * What browsers say in `Origin`. It is compared as it is: one with an asterisk would never match, so it is a mistake.
 */
const webOrigin = Joi.alternatives<string>(
  Joi.string().valid('null', 'file://'),
  Joi.string()
    .uri({ scheme: ['http', 'https'] })
    .pattern(/\*/, { invert: true })
    .custom((value: string, helpers) => {
      const { origin } = new URL(value);
      return origin === value.toLowerCase() ? origin : helpers.error('any.invalid');
    }),
);

/** Names of well-known networks, as proxy-addr has them. */
const PROXY_NETWORKS = ['loopback', 'linklocal', 'uniquelocal'];

/** How many there may be of something. */
const COUNT = wholeNumber(1, 1_000_000);

/** Where browsers can play the streams of one server, or of all. */
type PreviewAddress = Pick<Preview, 'server' | 'url'>;

/** One with `server=` before it is of that server only. */
const PREVIEW_TEXT = /^(?:([^=/]*)=)?(.*)$/;

const previewAddress = Joi.string<PreviewAddress>().custom((value: string, helpers) => {
  const [, server = null, rest = ''] = PREVIEW_TEXT.exec(value) ?? [];
  const { error } = address('http', 'https').required().validate(rest);
  if (error !== undefined || (server !== null && !isServerId(server))) return helpers.error('any.invalid');
  const { origin, pathname, username, password, search, hash } = new URL(rest);
  // Whoever opens the dashboard reads it, and stream names are put after it.
  if (username + password + search + hash !== '') return helpers.error('any.invalid');
  return { server, url: `${origin}${pathname.replace(/\/+$/, '')}` };
});

const ADDRESS_LIST = list(
  previewAddress,
  'http:// or https:// addresses without user, password and query, as in http://host:8889 for all servers or ' +
    'north=https://media.example/north for one, with commas in between; one a server',
);

/** Addresses for previews: of each server one, and one for all others. */
const PREVIEW_ADDRESSES: SettingKind<readonly PreviewAddress[]> = {
  ...ADDRESS_LIST,
  schema: ADDRESS_LIST.schema.custom((addresses: readonly PreviewAddress[], helpers) => {
    const servers = new Set(addresses.map(({ server }) => server));
    return servers.size === addresses.length ? addresses : helpers.error('any.invalid');
  }),
};

/** Where the API listens, and who may use it. */
export const ACCESS_SETTINGS = {
  API_HOST: setting({ kind: HOST, default: '127.0.0.1', description: 'Address the API listens on' }),
  API_PORT: setting({
    kind: PORT,
    default: 8000,
    description: 'Port the API listens on; 0 = any free one',
  }),
  API_TOKENS: setting({
    kind: list(
      Joi.string().pattern(TOKEN_LINE),
      `${TOKEN_LINE_RULE}, with commas in between; not together with API_TOKENS_FILE`,
    ),
    default: [],
    description: 'Who may use the API',
    secret: true,
  }),
  API_TOKENS_FILE: setting({
    kind: FILE_PATH,
    description: 'File that says who may use the API, one line each; read again when it changes',
  }),
  API_OPERATORS: setting({
    kind: list(
      Joi.string().pattern(TOKEN_NAME),
      `names of tokens, each ${TOKEN_NAME_RULE}, with commas in between`,
    ),
    default: [],
    description:
      'Whose tokens may also [silence and acknowledge alerts](rest.md#changes), test targets and send again what could ' +
      'not be delivered; nobody may unless set',
  }),
  API_TICKET_KEY_FILE: setting({
    kind: FILE_PATH,
    description:
      'File with the key that tickets are signed with, the same for all replicas; read again when it changes',
  }),
  ALLOWED_ORIGINS: setting({
    kind: list(
      webOrigin,
      'origins of web pages, as in https://monitor.example.com, also null and file://, with commas in between; no ' +
        'wildcards',
    ),
    default: [],
    description: 'Pages of other addresses that may use the API; its own pages always may',
  }),
  ...HOST_NAME_SETTINGS,
  TRUST_PROXY: setting({
    kind: list(
      Joi.alternatives<string>(Joi.string().ip({ cidr: 'optional' }), Joi.string().valid(...PROXY_NETWORKS)),
      `IP addresses, networks as in 10.0.0.0/8, or ${PROXY_NETWORKS.join(', ')}, with commas in between`,
    ),
    default: [],
    description: 'Proxies in front of the API whose X-Forwarded-For is believed',
  }),
  MAX_REQUESTS_PER_MINUTE: setting({
    kind: COUNT,
    default: 6_000,
    description:
      'Requests of one address in a minute, connects and subscribe messages included, and as many for files of the ' +
      'dashboard; loopback is free, unless TRUST_PROXY has it',
  }),
  MAX_CLIENTS: setting({
    kind: COUNT,
    default: 10_000,
    description: 'WebSocket and SSE clients at the same time',
  }),
  MAX_CLIENTS_PER_ADDRESS: setting({
    kind: COUNT,
    default: 300,
    description:
      'WebSocket and SSE clients of one address at the same time; loopback is free, unless TRUST_PROXY has it',
  }),
  MAX_FILTERS: setting({
    kind: COUNT,
    default: 1_000,
    description: 'Different filters (`stream`) of WebSocket and SSE clients at the same time',
  }),
  MAX_FILTERS_PER_ADDRESS: setting({
    kind: COUNT,
    default: 100,
    description:
      'Different filters of the clients of one address at the same time; loopback is free, unless TRUST_PROXY has it',
  }),
};

/** What the dashboard is made of, and where it plays streams. */
export const DASHBOARD_SETTINGS = {
  STATIC_DIR: setting({
    kind: text('a path of a folder with an index.html, and nothing in it that is a path of the API'),
    description:
      'Folder of the dashboard, as it was built; served at `/`, to everyone. Without it there is no dashboard',
  }),
  PREVIEW_WEBRTC_URL: setting({
    kind: PREVIEW_ADDRESSES,
    default: [],
    description: 'Where browsers reach MediaMTX’s WebRTC port, for [previews](#previews) in the dashboard',
  }),
  PREVIEW_HLS_URL: setting({
    kind: PREVIEW_ADDRESSES,
    default: [],
    description: 'Where browsers reach MediaMTX’s HLS port, for [previews](#previews) in the dashboard',
  }),
};

/** A matcher of PromQL. Which labels there are, and whether a pattern is one, only the engine knows. */
const MATCHER = String.raw`\s*[A-Za-z_]\w*\s*(?:=~|!~|!=|=)\s*"(?:[^"\\\n]|\\[^\n])*"\s*`;

/** Where history is had from, beside Redis. */
export const HISTORY_ENGINE_SETTINGS = {
  HISTORY_URL: setting({
    kind: HTTP_ADDRESS,
    description:
      'Address of an engine that scrapes `/metrics/streams` and has the API of Prometheus, without `/api/v1`: ' +
      '[history](history.md#from-prometheus-and-its-like) comes from there. A user and password in it are used, and never shown',
    secret: true,
  }),
  HISTORY_TOKEN: setting({
    kind: text(
      'a token without spaces, instead of user and password; only with HISTORY_URL',
      /^[\x21-\x7e]+$/,
    ),
    description: 'Bearer token for that engine',
    secret: true,
  }),
  HISTORY_CA_FILE: setting({
    kind: text('a path of a file in PEM; only with an https:// address in HISTORY_URL'),
    description: 'Certificate of the authority that stands for that engine’s',
  }),
  HISTORY_TENANT: setting({
    kind: text('1 to 150 visible characters; only with HISTORY_URL', /^[\x21-\x7e]{1,150}$/),
    description: 'Whose series are meant (`X-Scope-OrgID`), of Mimir',
  }),
  HISTORY_SELECTOR: setting({
    kind: text(
      'matchers of labels with commas in between, as in job="streams",site!="test"; only with HISTORY_URL',
      new RegExp(`^${MATCHER}(?:,${MATCHER})*$`),
    ),
    description:
      'What series have to match, where several monitors with servers of the same names go to that engine',
  }),
  HISTORY_SCRAPE_SECONDS: setting({
    kind: SLOT_SECONDS,
    default: 15,
    description: 'Time between two of its scrapes in seconds: it answers with no finer steps',
  }),
};

/** All that the API is told by its environment. */
export const API_SETTINGS = {
  ...ACCESS_SETTINGS,
  ...PUBLISHED_SETTINGS,
  ...DASHBOARD_SETTINGS,
  ...HISTORY_ENGINE_SETTINGS,
  ...MONITOR_FILE_SETTINGS,
  ...REDIS_SETTINGS,
  ...DURABLE_REDIS_SETTINGS,
  ...LOG_SETTINGS,
};

export type ApiSettings = SettingValuesOf<typeof API_SETTINGS>;
