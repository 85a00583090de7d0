import { createServer } from 'node:http';
import { isIPv6 } from 'node:net';
import {
  type Clock,
  closeServer,
  listen,
  type Logger,
  type Part,
  type SettingValues,
} from '@mediamtx-monitor/runtime';
import { refuseOrigin } from './access/origin.ts';
import { readQuery } from './access/query.ts';
import { Feed } from './feed/index.ts';
import { answerPlainly, createRest, type Readiness } from './rest/index.ts';
import { SOCKET_PATH, Sockets } from './ws/index.ts';

export type ApiConfig = Pick<SettingValues, 'API_HOST' | 'API_PORT' | 'REDIS_URL' | 'REDIS_KEY_PREFIX'>;

export interface ApiDependencies {
  readonly logger: Logger;
  readonly clock: Clock;
  /** How often staleness is looked at, in ms. */
  readonly checkMs?: number;
  /** Time between two WebSocket pings, in ms. */
  readonly pingMs?: number;
}

export interface Api {
  /** To be started in this order and stopped in reverse. */
  readonly parts: readonly Part[];
  /** Base address once started, as in `http://127.0.0.1:8000`. */
  readonly url: () => string;
  readonly feed: Feed;
  readonly sockets: Sockets;
}

/** Puts the API together: feed → REST and WebSocket on one port. */
export function createApi(config: ApiConfig, dependencies: ApiDependencies): Api {
  const { logger, clock, checkMs, pingMs } = dependencies;
  const rules = { refuseOrigin, readQuery };
  const feed = new Feed({
    redisUrl: config.REDIS_URL,
    keyPrefix: config.REDIS_KEY_PREFIX,
    logger,
    clock,
    ...(checkMs !== undefined && { checkMs }),
  });
  const sockets = new Sockets({ feed, logger, rules, ...(pingMs !== undefined && { pingMs }) });
  let leaving = false;
  const readiness = (): Readiness => (leaving ? 'leaving' : feed.hasContact ? 'ready' : 'starting');
  const rest = createRest({ feed, logger, rules, readiness, otherPaths: [SOCKET_PATH] });
  const server = createServer(rest);
  server.on('upgrade', (request, socket, head) => {
    if (request.headers.upgrade?.toLowerCase() === 'websocket') sockets.upgrade(request, socket, head);
    else answerPlainly(rest, request, socket);
  });
  let port = config.API_PORT;
  const url = (): string => {
    const host = isIPv6(config.API_HOST) ? `[${config.API_HOST}]` : config.API_HOST;
    return `http://${host}:${port}`;
  };
  const http: Part = {
    name: 'HTTP and WebSocket',
    start: async () => {
      sockets.start();
      port = await listen(server, config.API_HOST, config.API_PORT, 'API_HOST and API_PORT');
      logger.info(`listening: ${url()}/api/streams/latest`);
    },
    stop: async () => {
      leaving = true;
      await Promise.all([closeServer(server), sockets.stop()]);
    },
  };
  const feedPart: Part = {
    name: 'feed',
    start: () => feed.start(),
    stop: () => {
      feed.stop();
    },
  };
  return { parts: [feedPart, http], url, feed, sockets };
}
