import { describe, expect, test } from '@jest/globals';
import { eventually, streamRecord } from '@mediamtx-monitor/testkit';
import type { AvailabilityReport, StoredEvent } from '@mediamtx-monitor/types';
import { happening, storedEvent } from '../happening.ts';
import { headOf } from '../publisher.ts';
import { type RoutesOptions, startRoutes } from './start-routes.ts';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const HOUR_MS = 3_600_000;
const hour = (n: number): string => new Date(NOW + n * HOUR_MS).toISOString();

async function serving(options: RoutesOptions = {}) {
  const bench = await startRoutes({ nowMs: () => NOW, ...options });
  const { write } = happening(bench);
  const happen = (all: readonly (readonly [atHour: number, event: Partial<StoredEvent>])[]): Promise<void> =>
    write(
      all.map(([n, event], index) => [
        `${NOW + n * HOUR_MS}-${index + 1}`,
        storedEvent({ at: hour(n), ...event }),
      ]),
    );
  const know = async (
    streams: readonly { readonly name: string; readonly since: string }[] = [],
  ): Promise<void> => {
    const records = streams.map((stream) => streamRecord({ ...stream, state: 'live' }));
    await bench.publisher.publish(headOf({ publishedAt: hour(0), collectedAt: hour(0) }), records);
    await eventually(() => {
      expect(bench.feed.servers.newest('streams', 'main')).toBeDefined();
    });
  };
  const ask = async (query = '', status = 200): Promise<AvailabilityReport> => {
    const response = await fetch(`${bench.url}/api/reports/availability${query}`);
    expect([query, response.status]).toStrictEqual([query, status]);
    return (await response.json()) as AvailabilityReport;
  };
  return { ...bench, happen, know, ask };
}
const shortOf = ({ items }: AvailabilityReport) =>
  items.map((item) => [
    item.stream,
    item.uptimeSeconds / 3_600,
    item.downtimeSeconds / 3_600,
    item.unknownSeconds / 3_600,
  ]);

test('the last 24 hours, by events of before, of then, and what is known now', async () => {
  const { happen, know, ask } = await serving();
  await know([
    { name: 'quiet', since: hour(-100) },
    { name: 'cam', since: hour(-1) },
  ]);
  await happen([
    [-50, { stream: 'cam' }],
    [-10, { type: 'stream.offline', stream: 'cam', liveSince: hour(-50) }],
    [-4, { stream: 'cam' }],
    [-3, { stream: 'new' }],
  ]);
  const report = await ask();
  expect([report.from, report.to]).toStrictEqual([hour(-24), hour(0)]);
  expect(shortOf(report)).toStrictEqual([
    ['cam', 18, 6, 0],
    ['new', 3, 0, 21],
    ['quiet', 24, 0, 0],
  ]);
  expect(shortOf(await ask(`?from=${hour(-20)}&to=${hour(-8)}&stream=c*`))).toStrictEqual([
    ['cam', 10, 2, 0],
  ]);
});

test('the same is made once for all who ask for it at the same time', async () => {
  let asked = 0;
  const charged = new Set<number>();
  const askerOf = () => {
    const number = (asked += 1);
    return { network: String(number), spent: () => charged.add(number) };
  };
  const { happen, know, url, feed } = await serving({ askerOf });
  await know();
  await happen(Array.from({ length: 200 }, (_, n) => [-23 + n / 10, { stream: `s${n}` }] as const));
  const get = async (): Promise<string> => (await fetch(`${url}/api/reports/availability?stream=s*`)).text();
  const one = await get();
  // All places are taken until the last one has asked.
  const gate = new Promise<void>((resolve) => {
    const look = (): void => {
      if (asked < 31) setTimeout(look, 5);
      else resolve();
    };
    look();
  });
  const reader = { network: 'busy', spent: () => undefined, signal: new AbortController().signal };
  const busy = [1, 2].map(() => feed.kept.withHistory(reader, () => gate));
  const answers = await Promise.all(Array.from({ length: 30 }, get));
  await Promise.all(busy);
  expect(new Set(answers)).toStrictEqual(new Set([one]));
  expect([asked, charged.size]).toStrictEqual([31, 2]);
});

describe('nobody knows', () => {
  const FIRST_LOOK = { type: 'server.unobserved', stream: undefined, sourceType: undefined } as const;

  test('how a stream was before its server was looked at for the first time, whatever MediaMTX says', async () => {
    const { happen, know, ask } = await serving();
    await know([{ name: 'quiet', since: hour(-100) }]);
    await happen([
      [-30, { stream: 'elsewhere', server: 'north' }],
      [-4, FIRST_LOOK],
      [-1, { type: 'stream.offline', stream: 'cam', liveSince: hour(-100) }],
    ]);
    expect(shortOf(await ask('?server=main'))).toStrictEqual([
      ['cam', 3, 1, 20],
      ['quiet', 4, 0, 20],
    ]);
  });

  test('nor before the first event of a server, where none was ever removed', async () => {
    const { happen, know, ask } = await serving();
    await know([{ name: 'quiet', since: hour(-100) }]);
    expect(shortOf(await ask())).toStrictEqual([['quiet', 0, 0, 24]]);
    await happen([
      [-20, { stream: 'elsewhere', server: 'north' }],
      [-4, { stream: 'cam' }],
    ]);
    expect(shortOf(await ask('?server=main'))).toStrictEqual([
      ['cam', 4, 0, 20],
      ['quiet', 4, 0, 20],
    ]);
  });

  test('nor before all that is kept, where some was removed', async () => {
    const { happen, know, ask, publisher } = await serving();
    await know([{ name: 'quiet', since: hour(-100) }]);
    await happen([
      [-50, FIRST_LOOK],
      [-40, { stream: 'cam' }],
      [-10, { stream: 'elsewhere', server: 'north' }],
    ]);
    const { redis, names } = publisher;
    expect(shortOf(await ask('?server=main'))).toStrictEqual([
      ['cam', 24, 0, 0],
      ['quiet', 24, 0, 0],
    ]);
    await redis.xtrim(names.events, 'MAXLEN', 2);
    expect(shortOf(await ask('?stream=quiet'))).toStrictEqual([['quiet', 24, 0, 0]]);
    await redis.xtrim(names.events, 'MAXLEN', 1);
    expect(shortOf(await ask('?stream=quiet'))).toStrictEqual([['quiet', 10, 0, 14]]);
    await redis.xtrim(names.events, 'MAXLEN', 0);
    expect(shortOf(await ask('?stream=quiet'))).toStrictEqual([['quiet', 10, 0, 14]]);
  });
});

test('what was written down late counts, too', async () => {
  const { publisher, know, ask } = await serving();
  await know();
  const { redis, names } = publisher;
  const event = storedEvent({ at: hour(-20), stream: 'cam' });
  await redis.xadd(names.events, `${NOW - HOUR_MS}-0`, 'json', JSON.stringify(event));
  expect(shortOf(await ask(`?from=${hour(-22)}&to=${hour(-18)}`))).toStrictEqual([['cam', 2, 0, 2]]);
});

test('as CSV', async () => {
  const { happen, know, url } = await serving();
  await know();
  await happen([[-24, { stream: '=cam' }]]);
  for (const [path, accept] of [
    ['/api/reports/availability', 'text/csv'],
    ['/api/reports/availability.csv', '*/*'],
  ] as const) {
    const answer = await fetch(`${url}${path}`, { headers: { Accept: accept } });
    const [, line] = (await answer.text()).split('\r\n');
    expect(line).toBe("main,'=cam,86400,0,0,100,100,0,0,,0,,,,,,");
  }
});

test.each([
  ['?from=2026-11-29T13:00:00Z', 'invalid-parameter'],
  ['?from=2026-11-29T11:00:00Z&to=2026-11-29T10:00:00Z', 'invalid-parameter'],
  ['?from=yesterday', 'invalid-parameter'],
  ['?from=1-0', 'invalid-parameter'],
  ['?from=2026-01-01T00:00:00Z', 'window-too-large'],
])('a window that can’t be is refused: %s', async (query, code) => {
  const { ask } = await serving();
  expect(await ask(query, 400)).toMatchObject({ code });
});

test('between items everything else gets its turn, and all of the work is charged', async () => {
  let passedMs = 0;
  let charged = 0;
  // Each look at the clock is 10 ms later than the one before.
  let turns = 0;
  let turnsBefore = 0;
  const monotonicMs = (): number => {
    turnsBefore = turns;
    setImmediate(() => (turns += 1));
    return (passedMs += 10);
  };
  const spent = (workMs: number): void => {
    charged += workMs;
  };
  const bench = await startRoutes({
    nowMs: () => NOW,
    monotonicMs,
    askerOf: () => ({ network: '', spent }),
  });
  const streams = Array.from({ length: 20 }, (_, n) =>
    streamRecord({ name: `s${n}`, since: hour(-1), state: 'live' }),
  );
  await bench.publisher.publish(headOf({ publishedAt: hour(0), collectedAt: hour(0) }), streams);
  await eventually(() => {
    expect(bench.feed.servers.newest('streams', 'main')).toBeDefined();
  });
  const answer = await fetch(`${bench.url}/api/reports/availability`);
  const { items } = (await answer.json()) as AvailabilityReport;
  expect(items).toHaveLength(20);
  expect(charged).toBeGreaterThanOrEqual(20 * 10);
  expect(turnsBefore).toBeGreaterThanOrEqual(20);
});
