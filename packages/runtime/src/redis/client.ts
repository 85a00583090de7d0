import { once } from 'node:events';
import { Cluster, Redis, type RedisOptions } from 'ioredis';
import type { RedisTarget } from '../settings/redis-target.ts';
import type { RedisAddress } from './address.ts';

/** A connection to one Redis, or connections to all nodes of a cluster. */
export type RedisClient = Redis | Cluster;

/** Whether it is a cluster: nodes may fail one by one, and what is done at once stands on one of them. */
export function isCluster(redis: RedisClient): redis is Cluster {
  return redis instanceof Cluster;
}

type ClientOptions = Omit<RedisOptions, 'replyMapping'>;

const MAX_RETRY_DELAY_MS = 500;
const CONNECT_TIMEOUT_MS = 5_000;
/** Of several that may be asked, one that doesn't answer holds up the others for no longer. */
const ONE_OF_SEVERAL_TIMEOUT_MS = 2_000;
/** After this long without traffic, TCP asks whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;
/** A node that is silent for so much longer than a command may take is connected to anew. */
const NODE_GRACE_MS = 1_000;
/** How often it is asked which node of a cluster has what: after one was lost, that may be another. */
const SLOTS_REFRESH_MS = 1_000;

const retryStrategy = (attempt: number): number => Math.min(50 * attempt, MAX_RETRY_DELAY_MS);

const common = {
  lazyConnect: true,
  connectTimeout: CONNECT_TIMEOUT_MS,
  keepAlive: KEEP_ALIVE_MS,
  retryStrategy,
};

/** Makes what connects to a Redis, to the master that Sentinels name, or to a cluster; it isn't connected yet. */
export function createClient(
  target: RedisTarget,
  address: RedisAddress,
  options: ClientOptions,
): RedisClient {
  const { sentinel } = target;
  if (target.isCluster === true) return createCluster(target, address, options);
  const where =
    sentinel === undefined
      ? placeOptions(address)
      : { ...sentinelOptions(target, sentinel), family: address.family };
  return new Redis({
    ...{ ...common, ...options, ...where },
    ...loginOptions(address),
    db: address.database,
    ...(address.tls ? { tls: tlsOptions(target) } : {}),
  });
}

function placeOptions({ host, port, socket, family }: RedisAddress): ClientOptions {
  return socket === null ? { host: host ?? '', port, family } : { path: socket };
}

function loginOptions({ username, password }: RedisAddress): ClientOptions {
  return { ...(username === null ? {} : { username }), ...(password === null ? {} : { password }) };
}

function tlsOptions({ ca, own }: RedisTarget): NonNullable<ClientOptions['tls']> {
  return { ...(ca === undefined ? {} : { ca }), ...own };
}

function sentinelOptions(target: RedisTarget, sentinel: NonNullable<RedisTarget['sentinel']>): ClientOptions {
  const { places, master, username, password, tls } = sentinel;
  return {
    name: master,
    sentinels: [...places],
    ...(username === undefined ? {} : { sentinelUsername: username }),
    ...(password === undefined ? {} : { sentinelPassword: password }),
    ...(tls ? { sentinelTLS: tlsOptions(target) } : {}),
    enableTLSForSentinelMode: true,
    connectTimeout: ONE_OF_SEVERAL_TIMEOUT_MS,
    sentinelCommandTimeout: ONE_OF_SEVERAL_TIMEOUT_MS,
    sentinelRetryStrategy: retryStrategy,
    // Who was master and isn't any more says so to whoever writes: then it is asked who is.
    reconnectOnError: (error) => error.message.includes('READONLY'),
  };
}

/**
 * Each node has a connection of its own, and one that fails or hangs is left alone, without the others; commands aren't
 * sent again. Names of nodes aren't resolved before, since certificates are for names.
 */
function createCluster(target: RedisTarget, address: RedisAddress, options: ClientOptions): Cluster {
  const { host, port, others, family, tls } = address;
  const { enableOfflineQueue = true, commandTimeout, ...ofNodes } = options;
  const cluster = new Cluster([{ host: host ?? '', port }, ...others], {
    lazyConnect: true,
    enableOfflineQueue,
    clusterRetryStrategy: retryStrategy,
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    slotsRefreshInterval: SLOTS_REFRESH_MS,
    slotsRefreshTimeout: ONE_OF_SEVERAL_TIMEOUT_MS,
    shardedSubscribers: true,
    dnsLookup: (name, callback) => {
      callback(null, name);
    },
    redisOptions: {
      ...ofNodes,
      ...(commandTimeout === undefined
        ? {}
        : { commandTimeout, socketTimeout: commandTimeout + NODE_GRACE_MS }),
      connectTimeout: ONE_OF_SEVERAL_TIMEOUT_MS,
      keepAlive: KEEP_ALIVE_MS,
      family,
      ...loginOptions(address),
      ...(tls ? { tls: tlsOptions(target) } : {}),
    },
  });
  // By itself it would connect at the first command, and refuse others until that is done.
  cluster.on('+node', (node: Redis) => {
    if (node.status === 'wait') node.connect().catch(() => undefined);
  });
  return cluster;
}

/** Connects; of a cluster, to all its masters. Rejects when that fails at first. */
export async function connect(redis: RedisClient): Promise<void> {
  await redis.connect();
  if (!isCluster(redis)) return;
  const missing = redis.nodes('master').filter(({ status }) => status !== 'ready');
  await Promise.all(missing.map((node) => once(node, 'ready')));
}
