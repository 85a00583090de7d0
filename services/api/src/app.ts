import { randomUUID } from 'node:crypto';
import {
  type Clock,
  type Logger,
  packageVersion,
  type Part,
  RedisOutages,
  type RedisTarget,
  type ServiceManager,
  ServiceManagerPart,
} from '@mediamtx-monitor/runtime';
import { redisNames } from '@mediamtx-monitor/types';
import { Access, type AccessSettings } from './access/index.ts';
import { createDescriptions } from './describe/index.ts';
import { Feed, ReadTurns, SharedWork } from './feed/index.ts';
import { createHistory, type EngineFiles, type HistorySettings } from './history/index.ts';
import { Guard } from './http/guard.ts';
import { HeldBodies } from './http/held-bodies.ts';
import { HistoryReads } from './http/history-reads.ts';
import { createHot } from './http/hot.ts';
import { createRouter } from './http/router.ts';
import { ServerSentEvents, Sockets } from './live/index.ts';
import { createMetrics } from './metrics/index.ts';
import { type PreviewSettings, previewsOf, ROUTES } from './routes/index.ts';
import { ApiServer } from './server.ts';
import type { ApiSettings } from './settings.ts';
import { readStatusFile, StatusPages } from './status/index.ts';
import { createStaticFiles } from './static/index.ts';

export type ApiConfig = AccessSettings &
  PreviewSettings &
  HistorySettings &
  Pick<
    ApiSettings,
    'API_PORT' | 'REDIS_URL' | 'REDIS_DURABLE_URL' | 'REDIS_KEY_PREFIX' | 'STATIC_DIR' | 'MONITOR_CONFIG'
  >;

export interface ApiDependencies {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Which Redis to use, and how; unless given, the one of the settings as it is. */
  readonly redis?: RedisTarget;
  /** The same for what must survive a restart. */
  readonly durable?: RedisTarget;
  /** Files that the address and token of an engine for history came from. */
  readonly engineFiles?: EngineFiles;
  /** Longest time between two looks at staleness, and time between two at the files of access, in ms. */
  readonly checkMs?: number;
  /** Time between two WebSocket pings, in ms. */
  readonly pingMs?: number;
  /** Time a client gets for the headers of a request, and for a body, in ms. */
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
  readonly events: ServerSentEvents;
}

/** How often the file of status pages is looked at. */
const STATUS_CHECK_MS = 1_000;
/** What is sent is small. */
const BODY_WITHIN_MS = 10_000;
/** Each takes milliseconds, and whoever shows many streams asks for all of them at once. */
const HISTORY_READS = { atOnce: 4, maxWaiting: 600, maxWaitingPerAddress: 200, maxWaitMs: 10_000 } as const;

/**
 * Puts the API together: feed → routes, WebSocket and SSE on one port, behind access.
 * @throws {SettingsError} for tokens, a key for tickets, certificates, status pages or files of the dashboard that can't
 * be read
 */
export function createApi(config: ApiConfig, dependencies: ApiDependencies): Api {
  const { logger, clock, checkMs, pingMs, headersTimeoutMs, stuckMs, serviceManager = null } = dependencies;
  const checking = checkMs === undefined ? {} : { checkMs };
  const { REDIS_URL: url, REDIS_DURABLE_URL: durableUrl, REDIS_KEY_PREFIX: keyPrefix } = config;
  const pages = readStatusFile(config.MONITOR_CONFIG);
  const outages = new RedisOutages(clock);
  const redis = { ...(dependencies.redis ?? { url }), outages };
  const ofUrl =
    durableUrl === undefined ? redis : ({ url: durableUrl, setting: 'REDIS_DURABLE_URL' } as const);
  const durable: RedisTarget = { ...(dependencies.durable ?? ofUrl), outages };
  const feed = new Feed({
    redis,
    durable,
    keyPrefix,
    logger,
    clock,
    ...checking,
  });
  const history = createHistory({
    settings: config,
    files: dependencies.engineFiles ?? {},
    ...{ live: redis, durable, names: redisNames(keyPrefix, redis.isCluster), logger, clock },
  });
  const status = new StatusPages({
    ...{ feed, logger, clock, path: config.MONITOR_CONFIG, checkMs: checkMs ?? STATUS_CHECK_MS },
    pages,
  });
  const previews = previewsOf(config);
  const reserved = ROUTES.map(({ path }) => path);
  const files = createStaticFiles({ folder: config.STATIC_DIR, reserved, previews });
  const openPaths = [...ROUTES.flatMap(({ path, open }) => (open === true ? [path] : [])), ...files.keys()];
  const filePaths = new Set(files.keys());
  const access = new Access({ config, logger, clock, openPaths, filePaths, ...checking });
  const guard = new Guard(logger);
  const live = { feed, clock, guard, access };
  const sockets = new Sockets({ ...live, logger, ...(pingMs !== undefined && { pingMs }) });
  const events = new ServerSentEvents(live);
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
      status: status.stats,
      ...server.counts,
    }),
  });
  const bodies = new HeldBodies();
  const router = createRouter({
    routes: ROUTES,
    context: {
      feed,
      history: new HistoryReads(history.source, new ReadTurns(HISTORY_READS)),
      reports: new SharedWork(),
      bodies,
      nowMs: clock.wallMs,
      monotonicMs: clock.monotonicMs,
      readiness: () => (server.isLeaving ? 'leaving' : feed.hasContact ? 'ready' : 'starting'),
      previews,
      requesterOf: (request) => access.requesterOf(request),
      operatorOf: (request) => access.operatorOf(request),
      bodyWithinMs: headersTimeoutMs ?? BODY_WITHIN_MS,
      newId: randomUUID,
      askerOf: (request) => access.askerOf(request),
      issueTicket: (request) => access.issueTicket(request),
      sendEvents: (request, response) => {
        events.handle(request, response);
      },
      metrics,
      status,
      documents: createDescriptions({ version, routes: ROUTES }),
    },
    files,
    logger,
  });
  const server = new ApiServer({
    config,
    logger,
    guard,
    access,
    hot: createHot(ROUTES, feed, clock),
    router,
    sockets,
    bodies,
    isLive: (socket) => sockets.has(socket) || events.has(socket),
    monotonicMs: clock.monotonicMs,
    ...(headersTimeoutMs !== undefined && { headersTimeoutMs }),
    ...(stuckMs !== undefined && { stuckMs }),
  });
  const saysNow = (): string =>
    feed.hasContact ? `listening: ${server.url}` : 'waiting for the first answer of Redis';
  const parts: Part[] = [
    {
      name: 'feed',
      start: () => feed.start(),
      stop: () => {
        feed.stop();
      },
    },
    ...history.parts,
    {
      name: 'access',
      start: () => {
        access.start();
      },
      stop: () => {
        access.stop();
      },
    },
    metrics,
    status,
    {
      name: 'HTTP and WebSocket',
      start: async () => {
        sockets.start();
        events.start();
        await server.start();
      },
      stop: async () => {
        await Promise.all([server.stop(), sockets.stop(), events.stop()]);
      },
    },
    new ServiceManagerPart({ manager: serviceManager, status: saysNow, outages }),
  ];
  return { parts, url: () => server.url, feed, sockets, events };
}
