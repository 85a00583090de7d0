import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from '@jest/globals';
import { startReplay, startSimulator } from '@mediamtx-monitor/simulator';
import {
  createFakeClock,
  RECORDED_VERSIONS,
  recordedList,
  type RecordedVersion,
  startReplayServer,
} from '@mediamtx-monitor/testkit';
import type { AddressPrivacy, RawSnapshot } from '@mediamtx-monitor/types';
import { rawSnapshotSchema } from '@mediamtx-monitor/types/schemas';
import { LIST_NAMES } from '../src/protocols/index.ts';
import { takeCapture } from '../src/capture.ts';
import { CONNECTION_LISTS } from './support/samples.ts';
import { itemsOf } from './support/polls.ts';
import { collectTicks, recordedSpanMs, type StoredTick } from './support/recorded-ticks.ts';

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

/** A snapshot of a recorded server at both moments, by way of its file's text. */
async function snapshotOf(version: RecordedVersion, addresses: AddressPrivacy = 'full'): Promise<string> {
  const server = await startReplayServer(version);
  endings.push(server.close);
  const clock = createFakeClock();
  const snapshot = await takeCapture({
    mediamtx: { url: server.url, credentials: null },
    inContainer: false,
    addresses,
    samples: 2,
    intervalSeconds: 2,
    clock,
    wait: (ms) => {
      expect(ms).toBe(2_000);
      server.setPhase('t1');
      clock.advance(recordedSpanMs(version));
      return Promise.resolve();
    },
  });
  return JSON.stringify(snapshot);
}

async function collectReplay(text: string, version: RecordedVersion): Promise<StoredTick[]> {
  const clock = createFakeClock();
  const replay = await startReplay({ snapshot: JSON.parse(text) as RawSnapshot, nowMs: clock.monotonicMs });
  endings.push(replay.close);
  return collectTicks(replay.url, clock, 2, () => {
    clock.advance(recordedSpanMs(version));
  });
}

/** The golden ticks of a version, as those of a simulator. */
function simulatedGolden(version: RecordedVersion): StoredTick[] {
  const ticks = JSON.parse(
    readFileSync(new URL(`golden/${version}.json`, import.meta.url), 'utf8'),
  ) as StoredTick[];
  return ticks.map(({ head, ...records }) => ({
    ...records,
    head: { ...(head as object), simulated: true },
  }));
}

const itemsIn = (snapshot: RawSnapshot, list: string): readonly unknown[] => {
  const found = snapshot.samples[0]?.lists[list];
  return found?.status === 'read' ? found.items : [];
};

describe.each(RECORDED_VERSIONS)('a snapshot of MediaMTX %s', (version) => {
  test('replayed, gives what the server itself gave, but for its being called simulated', async () => {
    const text = await snapshotOf(version);
    expect(rawSnapshotSchema.validate(JSON.parse(text)).error).toBeUndefined();
    expect(await collectReplay(text, version)).toStrictEqual(simulatedGolden(version));
  });

  test('has every item with every field as it came, but for what clients typed, which is nowhere in it', async () => {
    const text = await snapshotOf(version);
    const snapshot = JSON.parse(text) as RawSnapshot;
    for (const { list } of CONNECTION_LISTS) {
      const body = recordedList(version, list, 't0');
      if (body === undefined) expect(snapshot.samples[0]?.lists[list]).toStrictEqual({ status: 'off' });
      else {
        const items = itemsOf(body);
        const typed = items
          .map(({ query }) => query)
          .filter((query) => typeof query === 'string' && query !== '');
        expect(itemsIn(snapshot, list)).toStrictEqual(
          items.map((item) => (item['query'] ? { ...item, query: '(removed)' } : item)),
        );
        expect(typed.filter((query) => text.includes(String(query)))).toStrictEqual([]);
      }
    }
  });
});

test.each([
  ['full', /"remoteAddr":"127\.0\.0\.1:\d+"/, /"remoteAddr":""/],
  ['masked', /"remoteAddr":"127\.0\.0\.0"/, /127\.0\.0\.1/],
  ['none', /"remoteAddr":""/, /127\.0\.0/],
] as const)('addresses: %s', async (addresses, present, absent) => {
  const text = await snapshotOf('1.20.1', addresses);
  expect(text).toMatch(present);
  expect(text).not.toMatch(absent);
});

test('a list that fails is in it with why, and fails in the same way when it is replayed', async () => {
  const simulator = await startSimulator();
  endings.push(simulator.close);
  const take = (url: string): Promise<RawSnapshot> =>
    takeCapture({
      mediamtx: { url, credentials: null },
      inContainer: false,
      addresses: 'full',
      samples: 1,
      intervalSeconds: 1,
      clock: createFakeClock(),
      wait: () => Promise.reject(new Error('one sample needs no waiting')),
    });
  const failing = ['status', 'unauthorized', 'cut', 'emptyObject'] as const;
  for (const kind of failing) {
    await simulator.setFault(
      kind === 'status' ? { kind, status: 500, list: 'srtconns' } : { kind, list: 'srtconns' },
    );
    const snapshot = await take(simulator.url);
    const { srtconns } = snapshot.samples[0]?.lists ?? {};
    expect(snapshot).toMatchObject({ simulated: true, mediamtxVersion: 'v1.20.1' });
    expect(srtconns).toMatchObject({ error: expect.any(String) });
    const replay = await startReplay({ snapshot });
    endings.push(replay.close);
    const again = (await take(replay.url)).samples[0]?.lists;
    expect(again?.['srtconns']?.status).toBe(srtconns?.status);
    expect(again?.['paths']?.status).toBe('read');
  }
});

/** A list of two entries with this in each. */
const listWith = (value: string): string =>
  `{"itemCount":2,"pageCount":1,"items":[{"name":"a","id":"a","x":${value}},{"name":"b","id":"b","x":${value}}]}`;

// Large for all lists together, and read quickly.
test.each([
  ['8000000 values', listWith(`[${'0,'.repeat(375_000)}0]`)],
  ['192 MiB', listWith(`"${'x'.repeat(9_000_000)}"`)],
])(
  'a server that sends more than the %s a snapshot may hold is told of, sample by sample',
  async (limit, body) => {
    const server = createServer((_request, response) => response.end(body)).listen(0, '127.0.0.1');
    endings.push(async () => {
      server.closeAllConnections();
      await promisify(server.close.bind(server))();
    });
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const { samples } = await takeCapture({
      mediamtx: { url: `http://127.0.0.1:${port}`, credentials: null },
      inContainer: false,
      addresses: 'full',
      samples: 2,
      intervalSeconds: 1,
      clock: createFakeClock(),
      wait: () => Promise.resolve(),
    });
    for (const list of LIST_NAMES) {
      expect(samples[1]?.lists[list]).toMatchObject({
        status: 'invalid',
        error: expect.stringContaining(`over ${limit}`),
      });
    }
  },
);
