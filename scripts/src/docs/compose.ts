import type { Declarations } from '@mediamtx-monitor/runtime/settings';
import { ALL_SETTINGS, SETTINGS_OF, variablesOf } from '../all-settings.ts';
import { between } from './between.ts';

/** What compose.yaml makes of a setting by itself; `null` where a container gets none. */
type GivenValue = { readonly value: string; readonly why?: string } | null;
type GivenValues = Readonly<Partial<Record<string, GivenValue>>>;

const ONLY_COMPOSE = { value: '127.0.0.1', why: 'Only the networks of compose reach its health port.' };
const askedAs = (name: string): GivenValue => ({
  value: `${name},\${ALLOWED_HOSTS:-}`,
  why: 'Under its name Prometheus asks its health port.',
});

const IN_ALL: GivenValues = {
  REDIS_URL: null,
  REDIS_URL_FILE: { value: '/run/redis/redis-url' },
  REDIS_CA_FILE: null,
  REDIS_CLIENT_CERT_FILE: null,
  REDIS_CLIENT_KEY_FILE: null,
  REDIS_SENTINELS: null,
  REDIS_SENTINEL_USER: null,
  REDIS_SENTINEL_PASSWORD: null,
  REDIS_SENTINEL_PASSWORD_FILE: null,
  REDIS_SENTINEL_TLS: null,
  REDIS_CLUSTER: null,
  REDIS_DURABLE_URL: null,
  REDIS_DURABLE_URL_FILE: { value: '/run/redis/redis-durable-url' },
  HEALTH_HOST: null,
  HEALTH_PORT: null,
  LOG_FORMAT: { value: '${LOG_FORMAT:-text}' },
  LOG_FILE: null,
  LOG_FILE_MAX_MB: null,
};

const IN_ONE: ReadonlyMap<string, GivenValues> = new Map<string, GivenValues>([
  [
    'collector',
    {
      MEDIAMTX_API_URL: {
        value: '${MEDIAMTX_API_URL-http://host.docker.internal:9997}',
        why: 'Where MONITOR_CONFIG lists servers, .env has to have MEDIAMTX_API_URL= with nothing behind it.',
      },
      JSON_FILE: { value: '${OUTPUT_DIR:+/output/mediamtx_streams.json}' },
      ALLOWED_HOSTS: askedAs('collector'),
      PUBLISHED_ON: ONLY_COMPOSE,
    },
  ],
  [
    'api',
    {
      API_HOST: null,
      API_PORT: null,
      API_TOKENS_FILE: null,
      STATIC_DIR: null,
      TRUST_PROXY: { value: 'uniquelocal', why: 'Only the proxy reaches this network.' },
      PUBLISHED_ON: { value: '${PUBLISH_ADDRESS:-127.0.0.1}' },
      API_TICKET_KEY_FILE: { value: '/run/tickets/key' },
      MONITOR_CONFIG: {
        value: '${STATUS_CONFIG:-}',
        why: 'Of MONITOR_CONFIG it sees what is in a file of its own: nobody is named there who is told of anything.',
      },
    },
  ],
  [
    'host-agent',
    { HOST_ROOT: { value: '/host' }, ALLOWED_HOSTS: askedAs('host-agent'), PUBLISHED_ON: ONLY_COMPOSE },
  ],
  ['alerter', { ALLOWED_HOSTS: askedAs('alerter'), PUBLISHED_ON: ONLY_COMPOSE }],
]);

/** The service's environment, line by line: what isn't decided here comes from `.env`. */
function environmentOf(service: string, settings: Declarations): string[] {
  const decisions: GivenValues = { ...IN_ALL, ...IN_ONE.get(service) };
  return variablesOf(settings).flatMap((name) => {
    const { [name]: decision = { value: `\${${name}:-}` } } = decisions;
    if (decision === null) return [];
    const { why, value } = decision;
    return [...(why === undefined ? [] : [`# ${why}`]), `${name}: ${value}`];
  });
}

/** Settings of these services that no container takes from `.env`. */
export function decidedSettings(services: readonly string[]): readonly string[] {
  const own = Object.entries<Declarations>(SETTINGS_OF).filter(([name]) => services.includes(name));
  const lines = own.flatMap(([service, settings]) => environmentOf(service, settings)).join('\n');
  return Object.keys(ALL_SETTINGS).filter(
    (name) =>
      own.some(([, settings]) => name in settings) &&
      !lines.includes(`\${${name}:-`) &&
      !lines.includes(`\${${name}-`),
  );
}

/** compose.yaml with the environments of these services. */
export function withEnvironments(text: string, services: readonly string[]): string {
  return Object.entries<Declarations>(SETTINGS_OF)
    .filter(([service]) => services.includes(service))
    .reduce((before, [service, settings]) => {
      const lines = environmentOf(service, settings).map((line) => `      ${line}\n`);
      return between(
        before,
        `# settings of ${service}, made by \`make docs\``,
        '# end of settings',
        lines.join(''),
      );
    }, text);
}
