import type { RedisNames } from '@mediamtx-monitor/types';
import type { Redis } from 'ioredis';
import { alertsMessage, arrayJson, headJson, hostMessage, mutated, serverMessage } from './hostile-values.ts';
import { keptActions } from './kept-actions.ts';
import type { Choices } from './random.ts';

export interface ActionsOptions {
  readonly redis: Redis;
  readonly names: RedisNames;
  readonly choices: Choices;
  /** About which servers and hosts something is written. */
  readonly servers: readonly string[];
  readonly hosts: readonly string[];
}

/** Does one hostile thing to Redis. What Redis refuses is left out. */
export type Action = () => Promise<unknown>;

/** Everything that can be done; one of it at a time is chosen. */
export function createActions(options: ActionsOptions): Action {
  const { redis, names, choices, servers, hosts } = options;
  const { pick, below, chance, bytes } = choices;
  const server = (): string => (chance(0.1) ? `made-up-${below(5_000)}` : pick(servers));
  const host = (): string => (chance(0.1) ? `made-up-${below(5_000)}` : pick(hosts));
  const keyOf = (id: string): string =>
    pick([names.streamsMeta(id), names.latest('streams', id), names.latest('connections', id)]);
  const anyKey = (): string =>
    pick([keyOf(server()), names.host(host()), names.servers, names.hostsSeen, names.alertsLatest]);

  const actions: readonly Action[] = [
    ...keptActions(options),
    () => redis.publish(names.channel(pick(['streams', 'connections'])), serverMessage(server(), choices)),
    () =>
      redis.publish(
        names.channelOf(pick(['streams', 'connections']), server()),
        serverMessage(server(), choices),
      ),
    () => redis.publish(names.channel('hosts'), hostMessage(host(), choices)),
    () => redis.publish(names.channel('alerts'), alertsMessage(choices)),
    () => redis.set(names.alertsLatest, alertsMessage(choices)),
    () =>
      redis.publish(names.channel(pick(['streams', 'connections', 'hosts', 'alerts'])), bytes(below(2_000))),
    () => {
      const id = server();
      return redis
        .multi()
        .set(names.streamsMeta(id), mutated(headJson(id, choices), choices))
        .set(names.latest('streams', id), mutated(arrayJson(id, choices), choices))
        .set(names.latest('connections', id), mutated(arrayJson(id, choices), choices))
        .hset(names.servers, id, mutated(headJson(id, choices), choices))
        .exec();
    },
    () => {
      const id = host();
      return redis
        .multi()
        .set(names.host(id), hostMessage(id, choices))
        .zadd(names.hostsSeen, pick([Date.now(), 0, 1e300]), id)
        .exec();
    },
    () => redis.set(anyKey(), bytes(below(200))),
    () => redis.setrange(anyKey(), pick([10, 2_000_000]), 'x'),
    () => redis.multi().del(names.servers).set(names.servers, 'x').exec(),
    async () => {
      const key = anyKey();
      await redis.del(key);
      return pick([
        () => redis.rpush(key, 'x'),
        () => redis.hset(key, 'x', 'y'),
        () => redis.sadd(key, 'x'),
        () => redis.zadd(key, 1, 'x'),
      ])();
    },
    () => redis.del(anyKey()),
    () => redis.hset(names.servers, pick(['No Id', '__proto__', '', server()]), mutated('{}', choices)),
    () =>
      redis.hset(names.servers, ...Array.from({ length: 1_200 }, (_each, n) => [`crowd-${n}`, '{}']).flat()),
    () =>
      redis.zadd(names.hostsSeen, ...Array.from({ length: 1_200 }, (_each, n) => [n, `crowd-${n}`]).flat()),
  ];
  return async () => {
    await pick(actions)().catch(() => undefined);
  };
}
