import { afterEach, describe, expect, test } from '@jest/globals';
import { startReplay } from '@mediamtx-monitor/simulator';
import { createFakeClock, eventually, golden, recordedBody, testRedis } from '@mediamtx-monitor/testkit';
import type { RawSnapshot } from '@mediamtx-monitor/types';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { type Observation } from '../src/facts.ts';
import { normalise } from '../src/normalise.ts';
import { readFully } from './support/polls.ts';
import { normaliseDetails } from '../src/paths/index.ts';
import { Poller } from '../src/poll/index.ts';
import { takeCapture } from '../src/capture.ts';
import {
  type ConstructedServer,
  type ConstructedSources,
  startConstructedServer,
} from './support/constructed-server.ts';
import { collectTicks, recordedSpanMs } from './support/recorded-ticks.ts';
import { runCollector } from './support/running-collector.ts';
import { LIST_NAMES } from '../src/protocols/index.ts';

let server: ConstructedServer | undefined;
afterEach(async () => {
  await server?.close();
});

async function start(sources?: ConstructedSources): Promise<ConstructedServer> {
  server = await startConstructedServer(sources);
  return server;
}

/** Bodies are of the same moments as those of 1.20.1, of which they are made. */
const SPAN_MS = recordedSpanMs('1.20.1');
const OLD_NAMES = new RegExp(`^/v3/(?:${LIST_NAMES.filter((list) => list !== 'paths').join('|')})/`);

describe('MediaMTX 1.21, constructed', () => {
  test('runs through the collector into Redis', async () => {
    const constructed = await start();
    const clock = createFakeClock();
    const ticks = await collectTicks(constructed.url, clock, 2, () => {
      constructed.setPhase('t1');
      clock.advance(SPAN_MS);
    });
    expect(ticks).toStrictEqual(golden(new URL('golden/1.21.0-constructed.json', import.meta.url), ticks));
    Joi.assert(ticks[1]?.streams, Joi.array().items(streamRecordSchema).min(14));
    expect(JSON.stringify(ticks)).not.toMatch(/fwdpw|streamkeysecret|hunter2|:\/\//);
  });

  test('shows sources, forwards and what is configured beside its lists', async () => {
    const constructed = await start();
    const clock = createFakeClock();
    const poller = new Poller({
      url: constructed.url,
      credentials: null,
      inContainer: false,
      intervalMs: 60_000,
      monotonicMs: clock.monotonicMs,
      isOnlyPoll: false,
      readItem: readFully,
    });
    const observe = async (): Promise<Observation> => {
      const observation = normalise(await poller.askLists());
      const answers = await poller.askPaths(observation.paths?.facts ?? null);
      return { ...observation, details: normaliseDetails(answers, 'full') };
    };

    const first = await observe();
    expect(first).toMatchObject({ version: 'v1.21.0', status: 'up', missing: [], error: null });
    expect(first.protocols.map(({ connections: { kind } }) => kind)).toStrictEqual(Array(8).fill('facts'));
    const asked = constructed.asked.length;
    // So many paths have more than 20 questions at first.
    clock.advance(SPAN_MS);
    const second = await observe();
    expect(constructed.asked.slice(asked).filter((url) => OLD_NAMES.test(url))).toStrictEqual([]);

    const { configurations } = second.details;
    expect(configurations.get('ondemand')).toStrictEqual({ sourceOnDemand: true, runOnDemand: false });
    for (const confName of ['unready', 'pulled', 'all_others', '~^re/(.+)$', 'idle-static']) {
      expect(configurations.get(confName)).toStrictEqual({ sourceOnDemand: false, runOnDemand: false });
    }
    for (const { details } of [first, second]) {
      expect(details.sources.get('unready')?.fact).toMatchObject({
        state: 'error',
        error: expect.stringContaining('refused'),
      });
    }
    const sources = new Map([...first.details.sources, ...second.details.sources]);
    expect(sources.get('pulled')?.fact.link).toMatchObject({ id: 'pull:pulled', inboundBytes: 167_262 });
    expect([...sources.keys()].sort()).toStrictEqual(['ondemand', 'pulled', 'unready']);
    const forwards = new Map([...first.details.forwards, ...second.details.forwards]);
    expect(forwards.get('rtmp-cam')?.fact.map(({ state }) => state)).toStrictEqual(['forwarding', 'error']);
  });

  test('tells and logs nothing of the secrets in its errors and in its configuration', async () => {
    const { url, asked } = await start({
      unready: 'sample-secret-password',
      ondemand: 'sample-secret-query',
      pulled: 'sample-secret-query',
    });
    const { url: redisUrl, prefix } = testRedis();
    const collector = await runCollector(url, redisUrl, prefix);
    try {
      await eventually(() => {
        for (const name of ['unready', 'ondemand', 'pulled']) {
          expect(asked).toContain(`/v3/paths/static-sources/get/${name}`);
        }
        expect(collector.published.length).toBeGreaterThan(2);
      }, 30_000);
    } finally {
      await collector.stop();
    }
    expect(collector.log.lines.length).toBeGreaterThan(0);
    expect(JSON.stringify([collector.published, collector.log.lines])).not.toMatch(
      /srcuser|srcpwsecret|whepuser|wheptoken|hunter2|fwdpw|streamkeysecret/,
    );
  });

  test('is written into a snapshot under the names that lists always had, which can be replayed', async () => {
    const constructed = await start();
    const clock = createFakeClock();
    const snapshot: RawSnapshot = await takeCapture({
      mediamtx: { url: constructed.url, credentials: null },
      inContainer: false,
      addresses: 'full',
      samples: 1,
      intervalSeconds: 2,
      clock,
      wait: () => Promise.resolve(),
    });
    expect(snapshot.mediamtxVersion).toBe('v1.21.0');
    const lists = snapshot.samples[0]?.lists ?? {};
    expect(Object.keys(lists)).toStrictEqual([...LIST_NAMES, 'recordings']);
    for (const list of LIST_NAMES) expect(lists[list]).toMatchObject({ status: 'read' });
    const ids = (items: readonly unknown[]) => items.map((item) => (item as { id: string }).id);
    const recorded = JSON.parse(recordedBody('1.20.1', 'srtconns.t0.json')) as { items: unknown[] };
    expect(lists['srtconns']?.status === 'read' ? ids(lists['srtconns'].items) : []).toStrictEqual(
      ids(recorded.items),
    );
    expect(JSON.stringify(snapshot)).not.toMatch(/s3cret|srttok|fwdpw/);

    const replay = await startReplay({ snapshot, nowMs: clock.monotonicMs });
    try {
      const replayed = new Poller({
        url: replay.url,
        credentials: null,
        inContainer: false,
        intervalMs: 60_000,
        monotonicMs: clock.monotonicMs,
        isOnlyPoll: false,
        readItem: readFully,
      });
      for (let tick = 0; tick < 2; tick += 1) {
        const { version, missing, protocols } = normalise(await replayed.askLists());
        expect({ version, missing }).toStrictEqual({ version: 'v1.21.0', missing: [] });
        expect(protocols.map(({ connections: { kind } }) => kind)).toStrictEqual(Array(8).fill('facts'));
      }
    } finally {
      await replay.close();
    }
  });
});
