import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { createApi, loadConfig as loadApiConfig } from '@mediamtx-monitor/api';
import { connectMonitor } from '@mediamtx-monitor/client';
import { systemClock } from '@mediamtx-monitor/runtime';
import {
  createFakeClock,
  createLogRecorder,
  eventually,
  releasedMessage,
  type ReleasedName,
  testRedis,
} from '@mediamtx-monitor/testkit';
import { redisNames, type StreamsMessage } from '@mediamtx-monitor/types';
import { streamsMessageSchema } from '@mediamtx-monitor/types/schemas';
import { Redis } from 'ioredis';
import { WebSocket } from 'ws';
import { createCollectorParts } from '../../services/collector/src/app.ts';
import { loadConfig } from '../../services/collector/src/config.ts';
import { subscribe } from '../real/support/subscription.ts';
import { createOutputs, everywhere, type Outputs } from '../support/outputs.ts';

/** What the collector of release 0.1.0 published. It knows nothing of what is new. */
const released = (name: ReleasedName) => JSON.parse(releasedMessage(name)) as StreamsMessage;

const endings: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).reverse()) await end();
});

let place: ReturnType<typeof testRedis>;
let redis: Redis;
beforeEach(() => {
  place = testRedis();
  redis = new Redis(place.url);
  endings.push(() => redis.quit());
});

/** Stores and publishes a tick as the old collector did. */
async function publish(streams: ReleasedName, connections: ReleasedName): Promise<void> {
  const names = redisNames(place.prefix);
  const { streams: records, ...head } = released(streams);
  const own = JSON.parse(releasedMessage(connections)) as { readonly connections: readonly unknown[] };
  await redis
    .multi()
    .set(names.latest('streams', 'main'), JSON.stringify(records))
    .set(names.latest('connections', 'main'), JSON.stringify(own.connections))
    .set(names.streamsMeta('main'), JSON.stringify(head))
    .hset(names.servers, 'main', JSON.stringify(head))
    .publish(names.channel('streams'), releasedMessage(streams))
    .publish(names.channel('connections'), releasedMessage(connections))
    .exec();
}

describe('beside a collector of the last release, the API', () => {
  let outputs: Outputs;
  let log: ReturnType<typeof createLogRecorder>;
  let apiUrl: string;
  beforeEach(async () => {
    log = createLogRecorder();
    const api = createApi(
      { ...loadApiConfig({}).values, API_PORT: 0, REDIS_URL: place.url, REDIS_KEY_PREFIX: place.prefix },
      { logger: log.logger, clock: systemClock },
    );
    for (const part of api.parts) {
      await part.start();
      endings.push(() => part.stop());
    }
    apiUrl = api.url();
    const subscription = await subscribe(apiUrl);
    endings.push(subscription.stop);
    outputs = createOutputs({
      ...{ redis: place, apiUrl, eventually },
      message: (seq) => subscription.message((one) => one.seq >= seq),
    });
    endings.push(outputs.stop);
  });

  test('tells everyone what it tells', async () => {
    const { seq } = released('streams');
    await publish('streams', 'connections');
    expect(await outputs.ofServer(seq)).toStrictEqual(everywhere('up'));
    expect(await outputs.ofStream('cam/crowd', seq)).toStrictEqual(everywhere('live ok'));
    expect(await outputs.ofStream('cam/stage-left', seq)).toStrictEqual(
      everywhere('stalled critical stalled/critical'),
    );
    // A code that has another name by now.
    expect(await outputs.ofStream('archive/loop', seq)).toStrictEqual(
      everywhere('waiting critical source-lost/critical'),
    );
    const paths = ['/api/streams/latest', '/api/snapshot', '/api/streams?state=missing', '/metrics'];
    for (const path of paths) expect((await fetch(`${apiUrl}${path}`)).status).toBe(200);
    expect(log.messages('warn')).toStrictEqual([]);
    expect(log.messages('error')).toStrictEqual([]);
  });

  test('says itself what is wrong with the server, which the collector doesn’t', async () => {
    await publish('streams.down', 'connections.down');
    const down = released('streams.down').seq;
    const verdicts = await outputs.ofServer(down);
    expect(verdicts).toMatchObject({ rest: 'not up server-unreachable/critical' });
    expect(await outputs.ofStream('cam/crowd', down)).toMatchObject({ websocket: 'unknown unknown' });
  });

  test('serves clients of the new package', async () => {
    const names: string[][] = [];
    const monitor = connectMonitor({
      url: apiUrl,
      webSocket: WebSocket,
      onStreams: ({ streams }) => names.push(streams.map(({ name }) => name)),
    });
    endings.push(monitor.close);
    await eventually(() => {
      expect(monitor.state).toMatchObject({ state: 'open' });
    });
    await publish('streams', 'connections');
    await eventually(() => {
      expect(names.at(-1)).toStrictEqual(released('streams').streams.map(({ name }) => name));
    });
  });
});

test('its messages fit the contract as it is now', () => {
  for (const name of ['streams', 'streams.list-missing', 'streams.down'] as const) {
    expect(streamsMessageSchema.validate(released(name)).error).toBeUndefined();
  }
});

test('a collector that takes over from it goes on from what it left, lost streams too', async () => {
  await publish('streams', 'connections');
  const left = released('streams');
  const clock = createFakeClock(new Date(Date.parse(left.publishedAt) + 2_000).toISOString());
  const {
    servers: [collector],
    redis: connection,
  } = createCollectorParts(
    loadConfig({
      // Nobody listens there.
      MEDIAMTX_API_URL: 'http://127.0.0.1:1',
      REDIS_URL: place.url,
      REDIS_KEY_PREFIX: place.prefix,
      JSON_FILE: '',
      POLL_INTERVAL_SECONDS: '60',
    }),
    { clock, logger: createLogRecorder().logger, userId: process.getuid?.(), inContainer: false },
    { role: 'take-over', isOnlyPoll: false },
  );
  await connection.start();
  endings.push(() => connection.stop());
  const { snapshot } = await collector.store(await collector.observe());
  expect(snapshot.streams.map(({ name }) => name)).toStrictEqual(left.streams.map(({ name }) => name));
  expect(snapshot.source.status).toBe('down');
});
