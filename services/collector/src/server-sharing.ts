import { randomUUID } from 'node:crypto';
import type { Clock, HeadLeases, Logger, RedisClient } from '@mediamtx-monitor/runtime';
import type { RedisNames } from '@mediamtx-monitor/types';
import type { Monitored } from './config.ts';
import type { Servers } from './servers.ts';
import { fingerprintOf, RollCall, type SharedServer, Sharing } from './sharing/index.ts';

export interface ServerSharingOptions {
  readonly servers: Servers;
  readonly leases: HeadLeases;
  readonly redis: RedisClient;
  readonly names: RedisNames;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Name of this machine. */
  readonly hostName: string;
}

const MS_PER_SECOND = 1_000;

/** Makes what shares the servers with other collectors. */
export function createSharing(options: ServerSharingOptions): Sharing {
  const { servers, leases, redis, names, clock, logger, hostName } = options;
  return new Sharing({
    rollCall: new RollCall({ redis, key: names.collectors, id: randomUUID(), host: hostName }),
    servers: {
      shared: sharedServers(servers, (server) => names.streamsMeta(server), hostName),
      hold: servers.hold.bind(servers),
      taken: servers.taken.bind(servers),
      leave: servers.leave.bind(servers),
    },
    ...{ leases, clock, logger },
  });
}

/** What is shared with other collectors: made anew only where the configuration is another one. */
function sharedServers(
  servers: Servers,
  guardOf: (server: string) => string,
  hostName: string,
): () => readonly SharedServer[] {
  let of: Monitored | null = null;
  let shared: readonly SharedServer[] = [];
  return () => {
    if (of === servers.monitored) return shared;
    of = servers.monitored;
    shared = of.servers.map(({ server, mediamtx: { url }, intervalSeconds }) => ({
      server,
      fingerprint: fingerprintOf(url, hostName),
      intervalMs: intervalSeconds * MS_PER_SECOND,
      guard: guardOf(server),
    }));
    return shared;
  };
}
