import { createFakeClock, type FakeClock } from '@mediamtx-monitor/testkit';
import { type Api, createApi } from '../src/app.ts';
import { atEnd, type Bench, type BenchOptions, CHECK_MS, createBench } from './bench.ts';

/** A whole API that was started, and a publisher on the same Redis. */
export async function startApi(
  options: BenchOptions = {},
): Promise<Bench & { api: Api; url: string; clock: FakeClock; stop: () => Promise<void> }> {
  const { redisUrl, prefix, publisher, logger, lines } = createBench(options);
  const clock = createFakeClock();
  const api = createApi(
    { API_HOST: '127.0.0.1', API_PORT: 0, REDIS_URL: redisUrl, REDIS_KEY_PREFIX: prefix },
    {
      logger,
      clock: options.clock ?? clock,
      checkMs: CHECK_MS,
      ...(options.pingMs !== undefined && { pingMs: options.pingMs }),
    },
  );
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    for (const part of api.parts.toReversed()) await part.stop();
  };
  const stop = (): Promise<void> => (stopped ??= stopAll());
  atEnd(stop);
  for (const part of api.parts) await part.start();
  return { prefix, publisher, lines, api, url: api.url(), clock, stop };
}
