import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { eventually, freePort, type RedisServer, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { growTree } from './support/tree.ts';
import { INTERVAL_MS, runAgent, type RunningAgent, type ReceivedMessage } from './support/running-agent.ts';
import { VIRTUAL_MACHINE } from './support/virtual-machine.ts';

const PREFIX = 'app';

let redis: RedisServer;
let agents: RunningAgent[];
beforeEach(async () => {
  redis = await startRedisServer();
  agents = [];
});
afterEach(async () => {
  redis.resume();
  for (const agent of agents) await agent.stop();
  await redis.stop();
});

async function start(options: Parameters<typeof runAgent>[2] = {}): Promise<RunningAgent> {
  const agent = await runAgent(redis.url, PREFIX, options);
  agents.push(agent);
  return agent;
}
const receivedOf = (agent: RunningAgent, count: number): Promise<ReceivedMessage> =>
  eventually(() => {
    const received = agent.received[count - 1];
    if (received === undefined) throw new Error('not received yet');
    return received;
  });

test('every tick keeps to the contract and is newer than the one before', async () => {
  const agent = await start();
  await receivedOf(agent, 4);
  expect(agent.received.map(({ complaint }) => complaint).filter((each) => each !== null)).toStrictEqual([]);
  const [first] = agent.received;
  agent.received.forEach(({ message }, index) => {
    expect(message).toMatchObject({ host: 'media-1', epoch: first?.message.epoch, intervalMs: INTERVAL_MS });
    expect(message.seq).toBe((first?.message.seq ?? 0) + index);
  });
});

test('what it publishes is what the files say', async () => {
  const tree = growTree(VIRTUAL_MACHINE);
  try {
    const { message } = await receivedOf(await start({ root: tree.root }), 2);
    // Counters stand still in this tree: no byte came, and of no time there is no share.
    expect(message.hosts[0]).toMatchObject({
      os: 'Debian GNU/Linux 12 (bookworm)',
      cpu: { cores: 2, percent: null },
      network: { inboundMbps: 0, interfaces: [{ name: 'eth0' }] },
      mediamtx: [{ pid: 2_685, cpuPercent: 0, startedAt: '2026-11-22T22:42:33.960Z' }],
    });
  } finally {
    tree.fell();
  }
});

test('the host is listed, and what is stored of it stays for a while when the agent is gone', async () => {
  const agent = await start();
  await receivedOf(agent, 1);
  await agent.stop();
  const reader = new Redis(redis.url);
  try {
    const names = redisNames(PREFIX);
    expect(await reader.zrange(names.hostsSeen, '0', '-1')).toStrictEqual(['media-1']);
    expect(await reader.pttl(names.host('media-1'))).toBeGreaterThan(0);
  } finally {
    reader.disconnect();
  }
});

test('health says how it goes', async () => {
  const healthPort = await freePort();
  const agent = await start({ healthPort });
  await receivedOf(agent, 1);
  await eventually(async () => {
    const answer = await fetch(`http://127.0.0.1:${healthPort}/healthz`);
    expect(await answer.json()).toMatchObject({
      status: 'ok',
      host: 'media-1',
      published: 'published',
      lastTickMs: expect.any(Number),
      due: expect.any(Number),
      overlaps: 0,
      missed: expect.any(Number),
      restarts: 0,
    });
  });
});

test('a Redis that is away at the start is awaited', async () => {
  await redis.stop();
  const agent = await start();
  await eventually(() => {
    expect(agent.log.messages('warn').join('\n')).toContain('not stored: Redis did not take the message');
  });
  await redis.start();
  expect((await receivedOf(agent, 1)).message.seq).toBe(1);
  await eventually(() => {
    expect(agent.log.messages('info')).toContain('host metrics are stored in Redis again');
  });
});

test('a Redis that comes back empty has the next ticks, numbered on', async () => {
  const agent = await start();
  const { message: before } = await receivedOf(agent, 1);
  await redis.stop();
  await delay(2 * INTERVAL_MS);
  await redis.start();
  const count = agent.received.length;
  const { message } = await receivedOf(agent, count + 1);
  expect(message.epoch).toBe(before.epoch);
  expect(message.seq).toBeGreaterThan(before.seq);
  expect(agent.log.messages('error')).toStrictEqual([]);
});

test('a paused Redis hangs nothing, and publishes no old tick when it goes on', async () => {
  const agent = await start();
  await receivedOf(agent, 2);
  redis.pause();
  await delay(4 * INTERVAL_MS);
  const count = agent.received.length;
  const last = agent.received.at(-1)?.message.seq ?? 0;
  redis.resume();
  const resumedAtMs = Date.now();
  const { message } = await receivedOf(agent, count + 1);
  expect(message.seq).toBeGreaterThan(last);
  expect(Date.parse(message.publishedAt)).toBeGreaterThan(resumedAtMs - INTERVAL_MS);
  await receivedOf(agent, count + 3);
  const numbers = agent.received.map((received) => received.message.seq);
  expect(numbers).toStrictEqual([...numbers].sort((a, b) => a - b));
});

test('of two agents with one id the older one says so', async () => {
  const older = await start();
  await receivedOf(older, 1);
  await start();
  await eventually(() => {
    expect(older.log.messages('warn')).toStrictEqual([
      'not stored: another agent publishes host media-1: stop one, or give this machine another HOST_ID',
    ]);
  });
});
