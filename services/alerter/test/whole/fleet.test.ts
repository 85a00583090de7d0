import { afterEach, beforeEach, expect, test } from '@jest/globals';
import {
  createFakeClock,
  eventually,
  type FakeClock,
  type RedisServer,
  startRedisServer,
} from '@mediamtx-monitor/testkit';
import type { StreamsHead } from '@mediamtx-monitor/types';
import { useConnections } from '../../../../packages/runtime/test/support/redis-connections.ts';
import { reason } from '../support/messages.ts';
import { troubled } from '../support/published.ts';
import { gotMessages, AlertScene, type SteppedAlerter, steppedAlerter } from '../support/scene.ts';
import { type StandIn, startStandIn } from '../support/stand-in.ts';

const SERVERS = Array.from({ length: 200 }, (_, index) => `s-${index}`);
const STREAMS = 500;

const ended = useConnections();
let redis: RedisServer;
let clock: FakeClock;
let scene: AlertScene;
let alerter: SteppedAlerter;
let targets: readonly StandIn[];
beforeEach(async () => {
  redis = await startRedisServer();
  clock = createFakeClock(new Date().toISOString());
  targets = [await startStandIn(), await startStandIn()];
  const entries = targets.map(
    (target, index) =>
      `  - { name: hook-${index}, kind: webhook, url: "${target.url}/", severity: warning }\n`,
  );
  const urls = { live: redis.url, durable: redis.url };
  scene = await AlertScene.open(urls, clock, ended);
  alerter = await steppedAlerter(urls, `notify:\n${entries.join('')}`, clock, ended);
});
afterEach(async () => {
  await alerter.alerter.stop();
  for (const target of targets) await target.close();
  await redis.stop();
});

const WELL: Partial<StreamsHead> = {};
/** Trouble that begins now. */
const unreachable = (): Partial<StreamsHead> => ({
  attention: null,
  reasons: [reason({ code: 'server-unreachable', since: new Date().toISOString() })],
});
/** All of a server's streams are off air, as in the seconds before it can't be read any more. */
const allOffAir = (): Partial<StreamsHead> => {
  const since = new Date().toISOString();
  const worst = Array.from({ length: STREAMS }, (_, index) => troubled(`cam-${index}`, reason({ since })));
  return { attention: { count: STREAMS, worst } };
};

/** Lets time pass until what is to be told has come, and then some more. */
async function settled(messages: number): Promise<void> {
  await eventually(async () => {
    await scene.pass(1, alerter);
    expect(targets.map((target) => gotMessages(target).length)).toStrictEqual([messages, messages]);
  }, 60_000);
  await scene.pass(60, alerter);
  expect(targets.map((target) => gotMessages(target).length)).toStrictEqual([messages, messages]);
}
const newest = () => targets.map((target) => gotMessages(target).at(-1));

test('of 200 servers with 500 streams each one that goes is one message a target, and all of them is one', async () => {
  for (const server of SERVERS) scene.says(WELL, server);
  await scene.pass(5, alerter);
  const [first = '', ...others] = SERVERS;
  scene.says(allOffAir(), first);
  await scene.pass(4, alerter);
  scene.says(unreachable(), first);
  await settled(1);
  for (const message of newest()) {
    expect(message?.fired).toMatchObject([{ subject: { kind: 'server', server: first } }]);
  }
  for (const server of others) scene.says(allOffAir(), server);
  await scene.pass(4, alerter);
  for (const server of others) scene.says(unreachable(), server);
  await settled(2);
  for (const message of newest()) expect(message?.fired).toHaveLength(others.length);
  for (const server of SERVERS) scene.says(WELL, server);
  await settled(3);
  for (const message of newest()) expect(message?.resolved).toHaveLength(SERVERS.length);
  expect((await scene.published()).counts).toMatchObject({ firing: 0, pending: 0, unknown: 0 });
}, 300_000);
