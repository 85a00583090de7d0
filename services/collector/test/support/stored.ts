import { hostRecord, streamRecord } from '@mediamtx-monitor/testkit';
import {
  type HostsMessage,
  joinMessage,
  type MessageHead,
  type RedisNames,
  type StreamRecord,
} from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';

/** Leaves what a collector would have stored of a server that published so long ago. */
export async function storeServer(
  redis: Redis,
  names: RedisNames,
  server: string,
  agoMs: number,
  changes: Partial<MessageHead> = {},
  stream: Partial<StreamRecord> = {},
): Promise<void> {
  const time = new Date(Date.now() - agoMs).toISOString();
  const head: MessageHead = {
    type: 'streams',
    v: 1,
    server,
    epoch: 1_767_225_600_000,
    seq: 1,
    collectedAt: time,
    publishedAt: time,
    intervalMs: 100,
    simulated: false,
    source: { status: 'up', error: null, version: null },
    missing: [],
    totals: { streams: 1, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
    ...changes,
  };
  const json = JSON.stringify(head);
  await redis
    .multi()
    .set(names.latest('streams', server), JSON.stringify([streamRecord({ server, ...stream })]))
    .set(names.latest('connections', server), '[]')
    .set(names.connectionsGone(server), '[]')
    .set(names.streamsMeta(server), json)
    .hset(names.servers, server, json)
    .exec();
}

/** The same of a host and its agent. */
export async function storeHost(redis: Redis, names: RedisNames, host: string, agoMs: number): Promise<void> {
  const atMs = Date.now() - agoMs;
  const time = new Date(atMs).toISOString();
  const head: Omit<HostsMessage, 'hosts'> = {
    type: 'hosts',
    v: 1,
    host,
    epoch: 1_767_225_600_000,
    seq: 1,
    collectedAt: time,
    publishedAt: time,
    intervalMs: 5_000,
  };
  const message = joinMessage('hosts', JSON.stringify(head), JSON.stringify([hostRecord({ host })]));
  await redis.multi().set(names.host(host), message).zadd(names.hostsSeen, atMs, host).exec();
}

/** Everything that stands under a prefix: keys, and what is in those that list others. */
export async function keysUnder(redis: Redis, names: RedisNames, prefix: string): Promise<string[]> {
  const keys = await redis.keys(`${prefix}*`);
  const servers = await redis.hkeys(names.servers);
  const hosts = await redis.zrange(names.hostsSeen, '0', '-1');
  return [
    ...keys.filter((key) => key !== names.servers && key !== names.hostsSeen),
    ...servers.map((server) => `server ${server}`),
    ...hosts.map((host) => `host ${host}`),
  ].sort();
}
