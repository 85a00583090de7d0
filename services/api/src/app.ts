import {
  type Clock,
  createServiceManagerPart,
  type Logger,
  packageVersion,
  type Part,
  RedisOutages,
  type RedisTarget,
  type ServiceManager,
  type SettingValues,
} from '@mediamtx-monitor/runtime';
import { Access, type AccessSettings } from './access/index.ts';
import { createDescriptions } from './describe/index.ts';
import { Feed } from './feed/index.ts';
import { createHttp } from './server.ts';
import { EVENTS_PATH, LiveEvents, SOCKET_PATH, Sockets, upgradeRequired } from './live/index.ts';
import { createMetrics } from './metrics/index.ts';
import { createHot, createRest, type Readiness } from './rest/index.ts';
import { Guard } from './http/guard.ts';
import { type PreviewSettings, previewsOf } from './http/previews.ts';
import { createStaticFiles } from './static/index.ts';

export type ApiConfig = AccessSettings &
  PreviewSettings &
  Pick<SettingValues, 'API_PORT' | 'REDIS_URL' | 'REDIS_KEY_PREFIX' | 'STATIC_DIR'>;

export interface ApiDependencies {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Which Redis to use, and how; unless given, the one of the settings as it is. */
  readonly redis?: RedisTarget;
  /** How often staleness and the files of access are looked at, in ms. */
  readonly checkMs?: number;
  /** Time between two WebSocket pings, in ms. */
  readonly pingMs?: number;
  /** Time a client gets for the headers of a request, in ms. */
  readonly headersTimeoutMs?: number;
  /** Time after which a connection on which nothing moves is cut, in ms. */
  readonly stuckMs?: number;
  /** Told that the API is ready and lives, where there is one. */
  readonly serviceManager?: ServiceManager | null;
}

export interface Api {
  /** To be started in this order and stopped in reverse. */
  readonly parts: readonly Part[];
  /** Base address once started, as in `http://127.0.0.1:8000`. */
  readonly url: () => string;
  readonly feed: Feed;
  readonly sockets: Sockets;
  readonly events: LiveEvents;
}

/**
 * Puts the API together: feed → REST, WebSocket, SSE and metrics on one port, behind access.
 * @throws {SettingsError} for tokens, a key for tickets or files of the dashboard that can't be read
 */
export function createApi(config: ApiConfig, dependencies: ApiDependencies): Api {
  const { logger, clock, checkMs, pingMs, headersTimeoutMs, stuckMs, serviceManager = null } = dependencies;
  const checking = checkMs === undefined ? {} : { checkMs };
  const { REDIS_URL: url, REDIS_KEY_PREFIX: keyPrefix } = config;
  const { redis = { url } } = dependencies;
  const outages = new RedisOutages(clock);
  const feed = new Feed({ redis: { ...redis, outages }, keyPrefix, logger, clock, ...checking });
  const previews = previewsOf(config);
  const files = createStaticFiles(config.STATIC_DIR, previews);
  const openFiles = new Set(files.keys());
  const access = new Access({ config, logger, clock, openFiles, ...checking });
  const guard = new Guard(logger);
  const live = { feed, clock, guard, access };
  const sockets = new Sockets({ ...live, logger, ...(pingMs !== undefined && { pingMs }) });
  const events = new LiveEvents(live);
  access.onRevoked((revocation) => {
    sockets.sendAway(revocation);
    events.sendAway(revocation);
  });
  const version = packageVersion(import.meta.url);
  const metrics = createMetrics({
    feed,
    clock,
    version,
    stats: () => ({
      websocket: sockets.stats,
      sse: events.stats,
      failedConnections: guard.failures,
      ...http.counts(),
    }),
  });
  const readiness = (): Readiness => (http.isLeaving() ? 'leaving' : feed.hasContact ? 'ready' : 'starting');
  const rest = createRest({
    feed,
    logger,
    readiness,
    previews,
    charge: access.chargeFor.bind(access),
    issueTicket: access.issueTicket.bind(access),
    resources: {
      [EVENTS_PATH]: events.handle.bind(events),
      [SOCKET_PATH]: upgradeRequired,
      ...metrics.resources,
      ...createDescriptions({ version }),
    },
    files,
  });
  const http = createHttp({
    config,
    logger,
    guard,
    access,
    hot: createHot(feed, clock),
    rest,
    sockets,
    isLive: (socket) => sockets.has(socket) || events.has(socket),
    monotonicMs: clock.monotonicMs,
    ...(headersTimeoutMs !== undefined && { headersTimeoutMs }),
    ...(stuckMs !== undefined && { stuckMs }),
  });
  const status = (): string =>
    feed.hasContact ? `listening: ${http.url()}` : 'waiting for the first answer of Redis';
  const parts: Part[] = [
    { name: 'feed', start: () => feed.start(), stop: feed.stop.bind(feed) },
    { name: 'access', start: access.start.bind(access), stop: access.stop.bind(access) },
    metrics,
    {
      name: 'HTTP and WebSocket',
      start: async () => {
        sockets.start();
        events.start();
        await http.start();
      },
      stop: async () => {
        await Promise.all([http.stop(), sockets.stop(), events.stop()]);
      },
    },
    createServiceManagerPart(serviceManager, status, outages),
  ];
  return { parts, url: http.url, feed, sockets, events };
}
