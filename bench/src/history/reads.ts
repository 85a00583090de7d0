import type { Readings } from '../figures.ts';
import type { Pace } from '../pace.ts';
import { startApi } from '../rig/api.ts';
import type { Ending } from '../rig/ending.ts';
import { connectRedis, startRedis } from '../rig/redis.ts';
import { median } from '../median.ts';
import { fillHistory, PREFIX, streamOf } from './fill.ts';

const STREAMS = 100;
const DAY_MS = 86_400_000;
/** Requests from whose times a percentile is taken, for each round. */
const REQUESTS = 100;

/** How long whoever asks the API for history waits, one request at a time, and for 100 of them at once. */
export async function benchReads(ending: Ending, { rounds }: Pace): Promise<Readings> {
  const url = await startRedis(ending);
  const redis = connectRedis(ending, url);
  const nowMs = Date.now();
  await fillHistory(redis, STREAMS, nowMs);
  const api = await startApi(ending, url, PREFIX, { MAX_REQUESTS_PER_MINUTE: '1000000' });
  const ask = async (stream: number, query: string): Promise<void> => {
    const name = encodeURIComponent(streamOf(stream));
    const answer = await fetch(`http://127.0.0.1:${api.port}/api/streams/${name}/history?${query}`);
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`history was refused: ${text}`);
  };
  const from = (days: number): string => new Date(nowMs - days * DAY_MS).toISOString();
  const day = `from=${from(1)}&step=30&fields=inboundMbps`;
  const month = `from=${from(30)}&step=86400&fields=inboundMbps`;
  const all = () => Promise.all(Array.from({ length: STREAMS }, (_, stream) => ask(stream, month)));
  for (let warm = 0; warm < 3; warm += 1) await Promise.all([all(), ask(warm, day)]);

  const days: number[] = [];
  const months: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let place = 0; place < REQUESTS; place += 1) days.push(await timed(() => ask(place % STREAMS, day)));
    months.push(await timed(all));
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
