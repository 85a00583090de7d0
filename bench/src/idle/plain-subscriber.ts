/**
 * The peer of an API replica without clients: it gets the messages of all streams and keeps the newest.
 * usage: plain-subscriber.js <prefix>
 */
import { Redis } from 'ioredis';
import { redisNames } from '@mediamtx-monitor/types';

const [, , prefix = ''] = process.argv;
let newest = '';
const redis = new Redis(process.env['REDIS_URL'] ?? '');
redis.on('message', (_channel, message: string) => {
  newest = message;
});
await redis.subscribe(redisNames(prefix).channel('streams'));
process.on('message', () => process.send?.(newest.length));
process.on('disconnect', () => process.exit());
