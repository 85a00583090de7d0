import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Simulator, startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, freePort, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { createRig, type Rig } from '../../support/rig.ts';
import type { Running } from '../../support/running.ts';
import { type ApiProcess, startApi, startCollector } from '../../support/services.ts';
import type { TimedPoll } from './seen.ts';
import { startTcpRelay, type TcpRelay } from './tcp-relay.ts';

/** A program of ours that can be killed and started anew. */
export interface Replaceable<T> {
  readonly now: () => T;
  readonly start: () => Promise<void>;
}

/** A collector with its own way to Redis. */
export interface CollectorOfStage extends Replaceable<Running> {
  readonly toRedis: TcpRelay;
  readonly healthUrl: string;
}

/** A whole monitor whose every part can be broken: real processes, and networks between them. */
export interface FaultStage {
  readonly mediamtx: Simulator;
  /** Between the collectors and MediaMTX. */
  readonly toMediamtx: TcpRelay;
  readonly polls: readonly TimedPoll[];
  readonly redis: RedisServer;
  /** Writes Redis's address anew for all that read it. @param password empty = none */
  readonly setRedisPassword: (password: string) => Promise<void>;
  readonly redisPassword: () => string;
  /** Between the second replica and Redis. */
  readonly apiToRedis: TcpRelay;
  readonly collectors: readonly CollectorOfStage[];
  /** The one that polls now, as it says itself. */
  readonly holder: () => Promise<CollectorOfStage>;
  /** One more collector. */
  readonly addCollector: () => Promise<Running>;
  readonly apis: readonly [Replaceable<ApiProcess>, Replaceable<ApiProcess>];
  readonly apiUrls: readonly [string, string];
  readonly intervalMs: number;
  readonly stop: () => Promise<void>;
}

const INTERVAL_SECONDS = 1;
const STREAMS = 12;

/** A program that `launch` starts, and starts again. */
async function replaceable<T extends { readonly stop: () => Promise<void> }>(
  rig: Rig,
  launch: () => T | Promise<T>,
): Promise<Replaceable<T>> {
  let running = await launch();
  await rig.add({ stop: () => running.stop() });
  return {
    now: () => running,
    start: async () => {
      await running.stop();
      running = await launch();
    },
  };
}

/** Opens a stage and waits until both replicas tell of live streams. */
export async function openStage(): Promise<FaultStage> {
  const rig = createRig();
  const folder = await mkdtemp(join(tmpdir(), 'faults-'));
  await rig.add({ stop: () => rm(folder, { recursive: true }) });
  const redis = await rig.add(startRedisServer(['--enable-protected-configs', 'yes', '--dir', folder]));
  const mediamtx = await startSimulator({ streams: STREAMS });
  await rig.add({ stop: mediamtx.close });
  const polls: TimedPoll[] = [];
  const toMediamtx = await rig.add(
    startTcpRelay(Number(new URL(mediamtx.url).port), (piece) => {
      if (piece.includes('GET /v3/paths/list')) polls.push({ atMs: Date.now(), good: canAnswer(mediamtx) });
    }),
  );
  const toRedis = [await rig.add(startTcpRelay(redis.port)), await rig.add(startTcpRelay(redis.port))];
  const apiToRedis = await rig.add(startTcpRelay(redis.port));

  const ways = {
    first: toRedis[0]?.port,
    second: toRedis[1]?.port,
    api: apiToRedis.port,
    direct: redis.port,
  };
  const fileOf = (way: keyof typeof ways): string => join(folder, `${way}.url`);
  let redisPassword = '';
  const setRedisPassword = async (password: string): Promise<void> => {
    redisPassword = password;
    for (const way of ['first', 'second', 'api', 'direct'] as const) {
      await writeFile(fileOf(way), `redis://${password === '' ? '' : `:${password}@`}127.0.0.1:${ways[way]}`);
    }
  };
  await setRedisPassword('');
  const ours = { url: redis.url, prefix: 'mediamtx' };
  const collector = (way: keyof typeof ways, healthPort: number): Running =>
    startCollector(`http://127.0.0.1:${toMediamtx.port}`, ours, {
      REDIS_URL_FILE: fileOf(way),
      HEALTH_PORT: String(healthPort),
      POLL_INTERVAL_SECONDS: String(INTERVAL_SECONDS),
    });
  const collectors: CollectorOfStage[] = [];
  for (const [index, way] of (['first', 'second'] as const).entries()) {
    const relay = toRedis[index];
    if (relay === undefined) continue;
    const port = await freePort();
    const healthUrl = `http://127.0.0.1:${port}/healthz`;
    const running = await replaceable(rig, async () => {
      const starting = collector(way, port);
      await eventually(() => fetch(healthUrl));
      return starting;
    });
    collectors.push({ ...running, toRedis: relay, healthUrl });
  }
  const apiPorts = [await freePort(), await freePort()] as const;
  const api = (way: keyof typeof ways, port: number): Promise<ApiProcess> =>
    startApi(ours, { REDIS_URL_FILE: fileOf(way), API_PORT: String(port) });
  const apis = [
    await replaceable(rig, () => api('direct', apiPorts[0])),
    await replaceable(rig, () => api('api', apiPorts[1])),
  ] as const;
  const apiUrls = [apis[0].now().url, apis[1].now().url] as const;
  await eventually(async () => {
    for (const url of apiUrls) {
      const answer = await fetch(`${url}/api/streams`);
      if (!answer.ok) throw new Error(`no streams yet: ${answer.status}`);
    }
  });
  return {
    ...{ mediamtx, toMediamtx, polls, redis, setRedisPassword, apiToRedis },
    ...{ collectors, apis, apiUrls, stop: rig.stop },
    redisPassword: () => redisPassword,
    holder: () => holderOf(collectors),
    addCollector: () => rig.add(collector('direct', 0)),
    intervalMs: INTERVAL_SECONDS * 1_000,
  };
}

/** @throws when none of them says within 40 s that it polls */
function holderOf(collectors: readonly CollectorOfStage[]): Promise<CollectorOfStage> {
  return eventually(async () => {
    for (const collector of collectors) {
      const answer = await fetch(collector.healthUrl, { signal: AbortSignal.timeout(2_000) }).catch(
        () => null,
      );
      const health = (await answer?.json()) as
        { readonly sharing?: { readonly holds: readonly string[] } } | undefined;
      if (health?.sharing?.holds.includes('main') === true) return collector;
    }
    throw new Error('no collector polls');
  });
}

/** Whether its list of paths is told as it is. */
function canAnswer(mediamtx: Simulator): boolean {
  const fault = mediamtx.fault();
  return fault === null || ('list' in fault && fault.list !== 'paths');
}
