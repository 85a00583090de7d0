import { createFakeClock, type FakeClock } from '@mediamtx-monitor/testkit';
import { type Api, type ApiConfig, createApi } from '../src/app.ts';
import { loadConfig } from '../src/config.ts';
import { atEnd, type Bench, type BenchOptions, CHECK_MS, createBench, untilSubscribed } from './bench.ts';

export interface ApiBenchOptions extends BenchOptions {
  /** Settings that differ from the defaults. */
  readonly config?: Partial<ApiConfig>;
  /** Time a client gets for the headers of a request, in ms. */
  readonly headersTimeoutMs?: number;
  /** Time after which a connection on which nothing moves is cut, in ms. */
  readonly stuckMs?: number;
}

/** A whole API that was started, and a publisher on the same Redis. */
export async function startApi(
  options: ApiBenchOptions = {},
): Promise<Bench & { api: Api; url: string; clock: FakeClock; stop: () => Promise<void> }> {
  const { redisUrl, prefix, publisher, logger, lines } = createBench(options);
  const clock = createFakeClock();
  const api = createApi(
    {
      ...loadConfig({}).values,
      API_PORT: 0,
      REDIS_URL: redisUrl,
      REDIS_KEY_PREFIX: prefix,
      ...options.config,
    },
    {
      logger,
      clock: options.clock ?? clock,
      checkMs: CHECK_MS,
      ...(options.pingMs !== undefined && { pingMs: options.pingMs }),
      ...(options.stuckMs !== undefined && { stuckMs: options.stuckMs }),
      ...(options.headersTimeoutMs !== undefined && { headersTimeoutMs: options.headersTimeoutMs }),
    },
  );
  let stopped: Promise<void> | undefined;
  const stopAll = async (): Promise<void> => {
    for (const part of api.parts.toReversed()) await part.stop();
  };
  const stop = (): Promise<void> => (stopped ??= stopAll());
  atEnd(stop);
  if (options.isFollowed !== false) api.feed.hold(['streams', 'connections']);
  for (const part of api.parts) await part.start();
  if (options.redisUrl === undefined) await untilSubscribed(api.feed);
  return { prefix, publisher, lines, api, url: api.url(), clock, stop };
}
