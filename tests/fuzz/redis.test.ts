import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { connectMonitor } from '@mediamtx-monitor/client';
import { startSimulator } from '@mediamtx-monitor/simulator';
import { eventually, type LogRecorder, startRedisServer } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { startApi } from '../docs/support/started-api.ts';
import { startCollector } from '../docs/support/started-collector.ts';
import { startHostAgent } from '../docs/support/started-host-agent.ts';
import { everythingIsAnswered, hostIsShown, serverAt, streamsAreShown } from './support/looks.ts';
import { choicesFrom, fuzzSettings } from './support/random.ts';
import { type ActionsOptions, createActions } from './support/redis-actions.ts';

const STREAMS = 5;
const OTHERS = Array.from({ length: 6 }, (_each, n) => `other-${n}`);
/** A server that keeps to the contract, and a host. */
const [GOOD, HERE] = ['good', 'here'];
/**
 * A server about which nobody else writes. With it there are always several: an answer about one alone is as published,
 * and may be no JSON where somebody else wrote it.
 */
const STEADY = 'steady';
const RECOVERY_MS = 90_000;
/** For so long values are left behind that nobody of ours sees come. */
const UNWATCHED_MS = 1_000;

const { seed, seconds } = fuzzSettings(process.env, 10);

/** Two real collectors, a host agent and an API on a Redis of their own, and two live clients. */
async function start() {
  const endings: (() => Promise<void> | void)[] = [];
  const server = await startRedisServer();
  endings.unshift(server.stop);
  const redis = new Redis(server.url);
  endings.unshift(() => {
    redis.disconnect();
  });
  const place = { url: server.url, prefix: 'fuzz' };
  const simulator = await startSimulator({ streams: STREAMS });
  endings.unshift(() => simulator.close());
  const collect = (server: string): Promise<Started> =>
    startCollector(simulator.url, place, { MEDIAMTX_SERVER_ID: server, POLL_INTERVAL_SECONDS: '1' });
  endings.unshift((await collect(STEADY)).stop);
  let publishers: Record<string, Started> = {};
  const startPublishers = async (): Promise<void> => {
    publishers = {
      collector: await collect(GOOD),
      hostAgent: await startHostAgent(place),
    };
  };
  const stopPublishers = async (): Promise<void> => {
    for (const { stop } of Object.values(publishers)) await stop();
    publishers = {};
  };
  endings.unshift(stopPublishers);
  await startPublishers();
  const apis: Record<string, Started> = {};
  const beginApi = async (name: string): Promise<string> => {
    const api = await startApi(place);
    endings.unshift(api.stop);
    apis[name] = api;
    return api.url;
  };
  const url = await beginApi('api');
  const received = { ticks: 0 };
  const client: string[] = [];
  const monitor = connectMonitor({
    url,
    topics: ['streams', 'connections', 'hosts'],
    webSocket: WebSocket,
    onStreams: (message) => {
      if (message.server === GOOD) received.ticks += 1;
    },
    onState: (state) => client.push(JSON.stringify(state)),
    onError: ({ reason }) => client.push(reason),
  });
  endings.unshift(monitor.close);
  const filtered = connectMonitor({
    url,
    stream: '**',
    topics: ['streams', 'connections'],
    webSocket: WebSocket,
  });
  endings.unshift(filtered.close);
  const stop = async (): Promise<void> => {
    for (const end of endings) await end();
  };
  const names = redisNames(place.prefix);
  /** What tells why somebody who lives isn't shown. */
  const clues = async (): Promise<string> => {
    const logs = Object.entries({ ...publishers, ...apis }).map(
      ([name, { log }]) => [name, lastOf(log.lines.map(({ message }) => message))] as const,
    );
    const [server, host] = [await redis.get(names.streamsMeta(GOOD)), await redis.get(names.host(HERE))];
    return JSON.stringify({ server, host, ...Object.fromEntries(logs), client: lastOf(client) }, null, 2);
  };
  return { redis, names, url, received, clues, startPublishers, stopPublishers, beginApi, stop };
}

interface Started {
  readonly log: LogRecorder;
  readonly stop: () => Promise<void>;
}

/** The end of each of the last lines. */
const lastOf = (lines: readonly string[]): string[] => lines.slice(-15).map((line) => line.slice(0, 300));

/** Does hostile things on end until the returned function is called. */
function attack(options: ActionsOptions): () => Promise<void> {
  const act = createActions(options);
  let isOver = false;
  const run = async (): Promise<void> => {
    while (!isOver) {
      await act();
      await delay(options.choices.below(10));
    }
  };
  const running = run();
  return async () => {
    isOver = true;
    await running;
  };
}

test(
  'whatever stands in Redis, those who live are shown and everything is answered',
  async () => {
    process.stdout.write(`FUZZ_SEED=${seed} FUZZ_SECONDS=${seconds}\n`);
    const started = await start();
    const { redis, names, url, received } = started;
    const choices = choicesFrom(seed);
    let seq = 0;

    /** Waits for news of the good server: shown, fresh, and in the ears of who listens. */
    async function goodGoesOn(at = url): Promise<void> {
      const receivedBefore = received.ticks;
      await eventually(async () => {
        const status = await serverAt(at, GOOD);
        expect(status).toMatchObject({ stale: false, gone: false, source: { status: 'up' } });
        expect(status?.seq).toBeGreaterThan(seq);
        expect(received.ticks).toBeGreaterThan(receivedBefore);
        seq = status?.seq ?? 0;
      }, RECOVERY_MS);
      await eventually(() => streamsAreShown(at, GOOD, STREAMS), RECOVERY_MS);
    }

    try {
      await goodGoesOn();
      await eventually(() => streamsAreShown(url, STEADY, STREAMS), RECOVERY_MS);
      // Values of others take nothing from who keeps to the contract.
      const endOfOthers = performance.now() + seconds * 500;
      const stopOthers = attack({ redis, names, choices, servers: OTHERS, hosts: OTHERS });
      while (performance.now() < endOfOthers) {
        await goodGoesOn();
        await everythingIsAnswered(url);
      }
      await stopOthers();
      // Its own values, too, under its hands.
      const endOfOwn = performance.now() + seconds * 500;
      const stopOwn = attack({ redis, names, choices, servers: [GOOD, ...OTHERS], hosts: [HERE, ...OTHERS] });
      while (performance.now() < endOfOwn) {
        await everythingIsAnswered(url);
        await streamsAreShown(url, STEADY, STREAMS);
      }
      await stopOwn();
      // Who lives wins in the end: its numbering may have begun anew.
      seq = 0;
      await goodGoesOn();
      await goodGoesOn();
      await eventually(() => hostIsShown(url, HERE), RECOVERY_MS);
      await everythingIsAnswered(url);
      // So does who starts on what was left behind.
      await started.stopPublishers();
      const stopUnwatched = attack({ redis, names, choices, servers: [GOOD], hosts: [HERE] });
      await delay(UNWATCHED_MS);
      await stopUnwatched();
      await started.startPublishers();
      for (const at of [await started.beginApi('lateApi'), url]) {
        seq = 0;
        await goodGoesOn(at);
        await goodGoesOn(at);
        await eventually(() => hostIsShown(at, HERE), RECOVERY_MS);
        await everythingIsAnswered(at);
      }
    } catch (error) {
      process.stdout.write(`${await started.clues()}\n`);
      throw error;
    } finally {
      await started.stop();
    }
  },
  seconds * 1_000 + 6 * RECOVERY_MS,
);
