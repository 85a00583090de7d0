/**
 * The peer of an idle alerter: each second it reads what collectors say of all servers.
 * usage: plain-heads-loop.js <prefix>
 */
import { Redis } from 'ioredis';
import { redisNames } from '@mediamtx-monitor/types';

const INTERVAL_MS = 1_000;

const [, , prefix = ''] = process.argv;
const redis = new Redis(process.env['REDIS_URL'] ?? '');
let newest: readonly unknown[] = [];
setInterval(() => {
  void redis.hgetall(redisNames(prefix).servers).then((heads) => {
    newest = Object.values(heads).map((json): unknown => JSON.parse(json));
  });
}, INTERVAL_MS);
process.on('message', () => process.send?.(newest.length));
process.on('disconnect', () => process.exit());
