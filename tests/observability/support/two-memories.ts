import { HistoryWriter } from '@mediamtx-monitor/runtime';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  type FakeClock,
  type RedisOfTest,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames } from '@mediamtx-monitor/types';
import { Redis } from 'ioredis';
import { Feed } from '../../../services/api/src/feed/index.ts';
import { labelled } from '../../../services/api/src/metrics/exposition.ts';
import { createMetrics } from '../../../services/api/src/metrics/index.ts';
import { IDLE } from '../../../services/api/test/metrics/serving.ts';
import { hostsHeadOf, TestPublisher } from '../../../services/api/test/publisher.ts';
import {
  HOST,
  isSilent,
  observedIn,
  ODD_NAME,
  SECONDS,
  TICK_SECONDS,
  toldAt,
  type QuarterTick,
} from './quarter-hour.ts';

/** A quarter of an hour as Redis remembers it, and as it was exported meanwhile. */
export interface TwoMemories {
  readonly redis: RedisOfTest;
  readonly fromMs: number;
  readonly toMs: number;
  /** What `/metrics/streams` said at each scrape, in Prometheus' text format, with times in ms. */
  readonly samples: readonly string[];
}

/** A scrape sees two ticks more than the one before, or three. */
export const SCRAPE_SECONDS = 10;
const FIVE_MINUTES_MS = 300_000;

/** Names that would be something else where they aren't written with care. */
export const HOSTILE_NAMES = [
  ...[
    '"quoted"',
    "it's",
    '`',
    '\\',
    'ends in \\',
    '\\"',
    'no line\\nend',
    'a\nline end',
    'a\r\nline end',
    '\t',
  ],
  ...[
    '{}',
    'x",server="other',
    '"}[5m]) or vector(7) #',
    '# HELP x y',
    '.*',
    ' ',
    '\u2028',
    '📹 камера',
    'é',
  ],
  'deep/'.repeat(200),
];

/** Streams of such names, each with as many readers as its place says, on a server that was scraped by an old version. */
function hostileSamples(fromMs: number): readonly string[] {
  const scrapes = Array.from({ length: SECONDS / SCRAPE_SECONDS }, (_, scrape) => scrape);
  return HOSTILE_NAMES.flatMap((stream, place) => {
    const labels = labelled({ server: 'old', stream });
    return scrapes.flatMap((scrape) => {
      const atMs = fromMs + (scrape * SCRAPE_SECONDS + 3) * 1_000;
      return [
        `mediamtx_monitor_stream_state{${labels},state="live"} 1 ${atMs}`,
        `mediamtx_monitor_stream_readers{${labels}} ${place} ${atMs}`,
        `mediamtx_monitor_stream_received_bytes_total{${labels}} ${scrape * 5e6} ${atMs}`,
      ];
    });
  });
}

/** Has the quarter of an hour go by that ended a moment ago. */
export async function rememberTwice(): Promise<TwoMemories> {
  const redis = testRedis();
  const live = new Redis(redis.url);
  const [nowSeconds] = await live.time();
  const toMs = Math.floor((Number(nowSeconds) * 1_000) / FIVE_MINUTES_MS) * FIVE_MINUTES_MS;
  const fromMs = toMs - SECONDS * 1_000;
  const clock = createFakeClock(new Date(fromMs).toISOString());
  const dated = live.duplicate();
  dated.time = () => Promise.resolve([clock.wallMs() / 1_000, 0]);
  const writer = await startWriter(live, dated, redis.prefix, clock);
  const exporter = await startExporter(clock);
  const samples: string[] = [];
  for (let second = 0; second < SECONDS; second += 1) {
    if (second % TICK_SECONDS === 0 && !isSilent(second)) {
      const told = toldAt(second, fromMs);
      await exporter.publish(told);
      writer.add(TICK_SECONDS * 1_000, observedIn(told));
      await writer.idle();
    }
    if (second % SCRAPE_SECONDS === 3) samples.push(...(await exporter.scrape()));
    clock.advance(1_000);
  }
  await writer.stop();
  await live.zadd(redisNames(redis.prefix).historyStreams('main'), toMs, ODD_NAME);
  exporter.stop();
  for (const connection of [dated, live]) connection.disconnect();
  return { redis, fromMs, toMs, samples: [...samples, ...hostileSamples(fromMs)] };
}

/** What collectors keep history with, by a clock of its own. */
async function startWriter(
  live: Redis,
  dated: Redis,
  prefix: string,
  clock: FakeClock,
): Promise<HistoryWriter> {
  const { logger } = createLogRecorder();
  const writer = new HistoryWriter({ live: dated, durable: live, names: redisNames(prefix), clock, logger });
  writer.add(TICK_SECONDS * 1_000, []);
  await writer.idle();
  return writer;
}

interface Exporter {
  readonly publish: (told: QuarterTick) => Promise<void>;
  /** What is exported now, each sample with its time. */
  readonly scrape: () => Promise<readonly string[]>;
  readonly stop: () => void;
}

/** What exports a monitor's metrics, with keys of its own: what is of another clock isn't live now. */
async function startExporter(clock: FakeClock): Promise<Exporter> {
  const { url, prefix } = testRedis();
  const { logger } = createLogRecorder();
  const publisher = new TestPublisher(url, prefix);
  const at = { redis: { url }, durable: { url }, keyPrefix: prefix };
  const feed = new Feed({ ...at, logger, clock, checkMs: 60_000 });
  feed.hold(['streams', 'connections']);
  await feed.start();
  await eventually(() => {
    if (!feed.subscribed) throw new Error('not subscribed yet');
  });
  const metrics = createMetrics({ feed, clock, version: '1', stats: () => IDLE });
  return {
    publish: async ({ head, stream }) => {
      const { seq, publishedAt } = head;
      const known = (): boolean =>
        feed.servers.newest('streams', 'main')?.head?.seq === seq &&
        feed.hosts.newest('hosts', HOST.host)?.head?.seq === seq;
      const arrived = new Promise<void>((resolve) => {
        const leave = feed.subscribe(() => {
          if (!known()) return;
          leave();
          resolve();
        });
      });
      await publisher.publish(head, [stream]);
      await publisher.publishHost(hostsHeadOf({ seq, publishedAt, collectedAt: publishedAt }), HOST);
      await arrived;
    },
    scrape: async () => {
      const text = (await metrics.ofStreams({})).json.toString();
      const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return lines.map((line) => `${line} ${clock.wallMs()}`);
    },
    stop: () => {
      feed.stop();
      publisher.close();
    },
  };
}
