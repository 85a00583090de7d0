/**
 * Says what collectors of many servers say of them, every two seconds: that all is well.
 * usage: fleet-heads.js <prefix> <servers> <streams of each>
 */
import { streamsHead } from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';

const INTERVAL_MS = 2_000;

const [, , prefix = '', servers = '', streams = ''] = process.argv;
const redis = new Redis(process.env['REDIS_URL'] ?? '');
const names = redisNames(prefix);
const epoch = Date.now();
let seq = 0;

function headOf(server: string): string {
  const time = new Date().toISOString();
  const totals = { ...streamsHead().totals, streams: Number(streams) };
  return JSON.stringify(
    streamsHead({
      ...{ server, epoch, seq, collectedAt: time, publishedAt: time, intervalMs: INTERVAL_MS, totals },
      attention: { count: 0, worst: [] },
    }),
  );
}

async function publish(): Promise<void> {
  seq += 1;
  const pipeline = redis.pipeline();
  for (let number = 0; number < Number(servers); number += 1) {
    const server = `server-${number}`;
    const head = headOf(server);
    pipeline.hset(names.servers, server, head).publish(names.servers, head);
  }
  await pipeline.exec();
}

await publish();
process.send?.('there');
setInterval(() => void publish(), INTERVAL_MS);
process.on('disconnect', () => process.exit());
