// Publishes heads of a fleet of servers as their collectors do: all is well, but for the first servers, as many as a file
// says. All streams of these are off air, or nothing of them can be read.
// node fleet.js <address of Redis> <prefix> <number of servers> <streams of each> <path of the file>
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { setInterval } from 'node:timers';
import { Redis } from 'ioredis';

const INTERVAL_MS = 1_000;
const [url = '', prefix = '', servers = '', streams = '', path = ''] = process.argv.slice(2);
const names = Array.from({ length: Number(streams) }, (_, index) => `studio/camera-${index}`);
const redis = new Redis(url);
const epoch = Date.now();
let seq = 0;
/** When each kind of trouble began, Unix time in ms. */
const sinceMs = new Map();

/** @param {string} code @param {number} nowMs */
function reason(code, nowMs) {
  if (!sinceMs.has(code)) sinceMs.set(code, nowMs);
  const since = new Date(sinceMs.get(code)).toISOString();
  return { code, severity: 'critical', measured: null, limit: null, since };
}

/** What is told of a server. @param {'well' | 'off-air' | 'server-unreachable'} what @param {number} nowMs */
function told(what, nowMs) {
  const source = { status: 'up', error: null, version: 'v1.20.1' };
  if (what === 'server-unreachable') {
    const down = { status: 'down', error: 'MediaMTX refused the connection', version: null };
    return { source: down, reasons: [reason(what, nowMs)], attention: null };
  }
  if (what === 'well') return { source, reasons: [], attention: { count: 0, worst: [] } };
  const reasons = [reason(what, nowMs)];
  const worst = names.map((name) => ({ name, state: 'missing', health: 'critical', reasons }));
  return { source, reasons: [], attention: { count: worst.length, worst } };
}

function publish() {
  seq += 1;
  const nowMs = Date.now();
  const time = new Date(nowMs).toISOString();
  const { count, what } = JSON.parse(readFileSync(path, 'utf8'));
  for (let index = 0; index < Number(servers); index += 1) {
    const server = `s-${index}`;
    const head = {
      ...{ type: 'streams', v: 1, server, epoch, seq, collectedAt: time, publishedAt: time },
      ...{ intervalMs: INTERVAL_MS, simulated: false, missing: [] },
      totals: {
        streams: names.length,
        readers: 0,
        inboundMbps: 0,
        outboundMbps: 0,
        states: null,
        healths: null,
      },
      ...told(index < count ? what : 'well', nowMs),
    };
    redis.hset(`${prefix}:servers`, server, JSON.stringify(head)).catch(() => undefined);
  }
}

publish();
setInterval(publish, INTERVAL_MS);
