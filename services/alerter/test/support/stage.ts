import { afterEach, beforeEach, expect } from '@jest/globals';
import {
  createFakeClock,
  eventually,
  type FakeClock,
  type RedisServer,
  startRedisServer,
} from '@mediamtx-monitor/testkit';
import type { StreamsHead } from '@mediamtx-monitor/types';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { reason } from './messages.ts';
import { troubled } from './published.ts';
import { type GotMessage, gotMessages, AlertScene, type SteppedAlerter, steppedAlerter } from './scene.ts';
import { type StandIn, startStandIn } from './stand-in.ts';

/** What each test of a file has: Redis servers of its own, somebody who is told, and a clock that is moved by hand. */
export interface AlertStage {
  readonly live: RedisServer;
  readonly durable: RedisServer;
  readonly target: StandIn;
  readonly clock: FakeClock;
  readonly scene: AlertScene;
  /** Has the target answer so from now on; `null` = never. Heartbeats are always answered. */
  readonly answer: (status: number | null) => void;
  /** MONITOR_CONFIG with the target, and more. */
  readonly fileOf: (more?: string) => string;
  /** Wires an alerter, which ends with the test. @param file what MONITOR_CONFIG says; with the target unless given */
  readonly start: (file?: string) => Promise<SteppedAlerter>;
}

/** A collector that says that all is well. */
export const WELL: Partial<StreamsHead> = {};

/** Trouble that begins as it is seen: what is dated ahead counts as of then. */
export function offAir(name = 'cam'): Partial<StreamsHead> {
  const since = new Date(Date.now() + 3_600_000).toISOString();
  return { attention: { count: 1, worst: [troubled(name, reason({ since }))] } };
}

/** Sets a stage for each test of the file; what it returns is to be called in tests. */
export function useStage(): () => AlertStage {
  const ended = useConnections();
  let stage: AlertStage;
  let alerters: SteppedAlerter[];
  beforeEach(async () => {
    alerters = [];
    stage = await setStage(ended, alerters);
  });
  afterEach(async () => {
    for (const { alerter } of alerters) await alerter.stop();
    await stage.target.close();
    await Promise.all([stage.live.stop(), stage.durable.stop()]);
  });
  return () => stage;
}

async function setStage(
  ended: ReturnType<typeof useConnections>,
  alerters: SteppedAlerter[],
): Promise<AlertStage> {
  const [live, durable] = await Promise.all([startRedisServer(), startRedisServer()]);
  let status: number | null = 200;
  const target = await startStandIn((response, { path }) => {
    if (path !== '/') response.end();
    else if (status !== null) response.writeHead(status).end();
  });
  const clock = createFakeClock(new Date().toISOString());
  const urls = { live: live.url, durable: durable.url };
  const scene = await AlertScene.open(urls, clock, ended);
  const fileOf = (more = ''): string =>
    `notify:\n  - name: hook\n    kind: webhook\n    url: ${target.url}/\n${more}`;
  return {
    ...{ live, durable, target, clock, scene, fileOf },
    answer: (next) => {
      status = next;
    },
    start: async (file = fileOf()) => {
      const one = await steppedAlerter(urls, file, clock, ended);
      alerters.push(one);
      return one;
    },
  };
}

/** Messages that a target got, once there are so many. */
export function whenGot(target: StandIn, count: number): Promise<readonly GotMessage[]> {
  return eventually(() => {
    const got = gotMessages(target);
    expect(got.length).toBeGreaterThanOrEqual(count);
    return got;
  });
}
