import { eventually } from '@mediamtx-monitor/testkit';
import type { Readings } from '../figures.ts';
import { median } from '../median.ts';
import type { Pace } from '../pace.ts';
import { startApi } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { startCollector } from '../rig/fleet.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { startSimulatorProgram } from '../rig/simulator.ts';
import { fillHistory, names, PREFIX, publishedStreams } from './fill.ts';

const STREAMS = 100;
const DAY_MS = 86_400_000;
/** Slots are stored so late: what is newer is put together of ticks. */
const STORED_LATE_MS = 300_000;
/** Requests from whose times a percentile is taken, for each round. */
const REQUESTS = 100;
/** Rounds before that: the first thousands of requests are answered by code that V8 still makes faster. */
const WARM_UPS = 30;
/** Rounds for each that others measure: some seconds, in which ticks come and garbage is collected. */
const LONGER = 12;

/**
 * How long whoever asks the API for history of streams that are live waits: one request at a time, and for 100 of them at
 * once. A collector goes on beside it.
 */
export async function benchReads(ending: Ending, { rounds }: Pace): Promise<Readings> {
  const url = await startRedis(ending);
  const redis = connectRedis(ending, url);
  const simulator = await startSimulatorProgram(ending, STREAMS);
  startCollector(ending, { redisUrl: url, prefix: PREFIX }, simulator.url);
  const streams = await eventually(() => publishedStreams(redis, names, STREAMS));
  const nowMs = Date.now();
  await fillHistory(redis, names, streams, nowMs, nowMs - STORED_LATE_MS);
  const api = await startApi(ending, url, PREFIX, { MAX_REQUESTS_PER_MINUTE: '1000000' });
  const ask = async (stream: string, query: string): Promise<void> => {
    const path = `/api/streams/${encodeURIComponent(stream)}/history?${query}`;
    const answer = await fetch(`http://127.0.0.1:${api.port}${path}`);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`history was refused: ${text}`);
  };
  const from = (days: number): string => new Date(nowMs - days * DAY_MS).toISOString();
  const day = `from=${from(1)}&step=30&fields=inboundMbps`;
  const month = `from=${from(30)}&step=86400&fields=inboundMbps`;
  const all = () => Promise.all(streams.map((stream) => ask(stream, month)));

  const days: number[] = [];
  const months: number[] = [];
  for (let round = -WARM_UPS; round < rounds * LONGER; round += 1) {
    const isMeasured = round >= 0;
    for (let place = 0; place < REQUESTS; place += 1) {
      const ms = await timed(() => ask(streams[place % STREAMS] ?? '', day));
      if (isMeasured) days.push(ms);
    }
    const ms = await timed(all);
    if (isMeasured) months.push(ms);
  }
  const sorted = days.toSorted((a, b) => a - b);
  return {
    'history-day': { value: sorted[Math.floor(sorted.length * 0.99)] ?? NaN },
    'history-month': { value: median(months) },
  };
}

async function timed(run: () => Promise<unknown>): Promise<number> {
  const startMs = performance.now();
  await run();
  return performance.now() - startMs;
}
