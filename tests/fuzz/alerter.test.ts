import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { closeServer, listen } from '@mediamtx-monitor/runtime';
import { eventually, startRedisServer, streamsHead } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { startAlerter } from '../docs/support/started-alerter.ts';
import { alerterActions } from './support/alerter-actions.ts';
import { choicesFrom, fuzzSettings } from './support/random.ts';
import { createActions } from './support/redis-actions.ts';

const GOOD = 'good';
const OTHERS = Array.from({ length: 6 }, (_each, n) => `other-${n}`);
const PATIENCE_MS = 90_000;
const HEAD_EVERY_MS = 500;
const { seed, seconds } = fuzzSettings(process.env, 10);

/** Heads of a server whose MediaMTX can't be read, until the returned function is called. */
function publishTrouble(redis: Redis, servers: string): () => void {
  const epoch = Date.now();
  const since = new Date(epoch).toISOString();
  const reasons = [
    { code: 'server-unreachable', severity: 'critical', measured: null, limit: null, since } as const,
  ];
  let seq = 0;
  const timer = setInterval(() => {
    seq += 1;
    const publishedAt = new Date().toISOString();
    const head = streamsHead({ server: GOOD, epoch, seq, publishedAt, reasons, attention: null });
    void redis.hset(servers, GOOD, JSON.stringify(head)).catch(() => undefined);
  }, HEAD_EVERY_MS);
  return () => {
    clearInterval(timer);
  };
}

test(
  'whatever stands in Redis, the alerter lives, and tells of what is wrong afterwards',
  async () => {
    process.stdout.write(`FUZZ_SEED=${seed} FUZZ_SECONDS=${seconds}\n`);
    const told: string[] = [];
    const receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        told.push(Buffer.concat(parts).toString());
        response.end('{}');
      });
    });
    const port = await listen(receiver, '127.0.0.1', 0, 'this test');
    const server = await startRedisServer();
    const redis = new Redis(server.url);
    const names = redisNames('fuzz');
    const file = `notify: [{name: all, kind: alertmanager, url: 'http://127.0.0.1:${port}', for: 0s}]`;
    const alerter = await startAlerter({ url: server.url, prefix: 'fuzz' }, file);
    const health = async (): Promise<Record<string, unknown>> => {
      const response = await fetch(`${alerter.url}/healthz`);
      expect(response.status).toBe(200);
      return (await response.json()) as Record<string, unknown>;
    };
    try {
      const choices = choicesFrom(seed);
      const options = { redis, names, choices, servers: OTHERS, hosts: OTHERS };
      const [ofAll, ofAlerter] = [createActions(options), alerterActions(options)];
      const end = performance.now() + seconds * 1_000;
      while (performance.now() < end) {
        await choices.pick([ofAll, ofAlerter])();
        await delay(choices.below(10));
        if (choices.chance(0.01)) expect(await health()).toMatchObject({ status: 'ok' });
      }
      // What it keeps, and what it is asked for, may be left as anything.
      for (const key of [names.alerts, names.commands, names.notifications, names.alertsLatest]) {
        await redis.multi().del(key).rpush(key, 'x').exec();
      }
      // More servers than there can be are none of ours: until they are gone nothing is believed.
      await redis.del(names.servers);
      const stopTrouble = publishTrouble(redis, names.servers);
      told.splice(0);
      await eventually(() => {
        expect(told.join()).toContain(`"${GOOD}"`);
      }, PATIENCE_MS);
      stopTrouble();
      expect(await health()).toMatchObject({ status: 'ok', role: 'active', failure: null });
    } catch (error) {
      process.stdout.write(
        `${alerter.log.lines
          .slice(-20)
          .map(({ message }) => message.slice(0, 300))
          .join('\n')}\n`,
      );
      throw error;
    } finally {
      await alerter.stop();
      redis.disconnect();
      await server.stop();
      await closeServer(receiver);
    }
  },
  seconds * 1_000 + 3 * PATIENCE_MS,
);
