// Publishes heads of servers as a collector does: what a file says is wrong, twice a second.
// node publisher.js <address of Redis> <prefix> <path of the file>
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { Redis } from 'ioredis';

const INTERVAL_MS = 1_000;
const [url = '', prefix = '', path = ''] = process.argv.slice(2);
const redis = new Redis(url, { maxRetriesPerRequest: 0, enableOfflineQueue: false, retryStrategy: () => 50 });
redis.on('error', () => undefined);

const epoch = Date.now();
let seq = 0;

/** @param {{ name: string, since: string }[]} ill */
function attentionOf(ill) {
  const worst = ill.map(({ name, since }) => ({
    name,
    state: 'missing',
    health: 'critical',
    reasons: [{ code: 'off-air', severity: 'critical', measured: null, limit: null, since }],
  }));
  return { count: worst.length, worst };
}

function publish() {
  seq += 1;
  const time = new Date().toISOString();
  const plan = JSON.parse(readFileSync(path, 'utf8'));
  for (const [server, ill] of Object.entries(plan)) {
    const head = {
      ...{ type: 'streams', v: 1, server, epoch, seq, collectedAt: time, publishedAt: time },
      ...{ intervalMs: INTERVAL_MS, simulated: false, missing: [], reasons: [] },
      source: { status: 'up', error: null, version: 'v1.20.1' },
      totals: { streams: 9, readers: 0, inboundMbps: 0, outboundMbps: 0, states: null, healths: null },
      attention: attentionOf(ill),
    };
    redis.hset(`${prefix}:servers`, server, JSON.stringify(head)).catch(() => undefined);
  }
}

setInterval(publish, INTERVAL_MS / 2);
