import { expect, test } from '@jest/globals';
import { isoAfter, START_MS, TICK_MS } from '../facts.ts';
import { DOWN, LIVE, NONE, story } from './story.ts';

const base = { server: 'main', since: null, unseenSince: null, cause: null };

test('a server that can’t be read, and can again', () => {
  const told = story();
  told.tick(NONE);
  expect(told.events(DOWN)).toStrictEqual([
    { type: 'server.unreachable', ...base, at: isoAfter(4_000), severity: 'critical', status: 'timeout' },
  ]);
  expect(told.events(DOWN)).toStrictEqual([]);
  expect(told.events(NONE)).toStrictEqual([
    { type: 'server.reachable', ...base, at: isoAfter(8_000), severity: 'info', unreachableMs: 4_000 },
  ]);
  expect(told.events(NONE)).toStrictEqual([]);
});

test('one that never could be read is told of, too; what is live once it can be is seen for the first time', () => {
  const told = story();
  expect(told.types(DOWN)).toStrictEqual(['server.unobserved', 'server.unreachable']);
  expect(told.types(LIVE)).toStrictEqual(['server.reachable']);
  expect(told.baseline().streams.get('cam')?.state).toBe('live');
});

test('how long it couldn’t be read spans a restart of the collector, and is told however the clock is set', () => {
  const told = story();
  told.tick(NONE);
  told.tick(DOWN);
  told.restart(10_000);
  expect(told.types(DOWN)).toStrictEqual(['server.unobserved']);
  told.setClock(-86_400_000);
  expect(told.events(NONE)).toMatchObject([{ type: 'server.reachable', unreachableMs: 14_000 }]);
});

test('that nobody had ever looked is told once, by the first who does', () => {
  const told = story();
  expect(told.events(NONE)).toStrictEqual([
    { type: 'server.unobserved', ...base, at: isoAfter(TICK_MS), severity: 'info' },
  ]);
  told.restart();
  expect(told.types(NONE)).toStrictEqual([]);
});

test('that nobody looked is told once', () => {
  const told = story();
  told.tick(NONE);
  expect(told.types(NONE, 3 * TICK_MS)).toStrictEqual([]);
  expect(told.events(NONE, 3 * TICK_MS + 1)).toStrictEqual([
    {
      type: 'server.unobserved',
      ...base,
      at: isoAfter(7 * TICK_MS + 1),
      severity: 'warning',
      unseenSince: isoAfter(4 * TICK_MS),
    },
  ]);
  expect(told.types(NONE)).toStrictEqual([]);
});

test('that it was restarted is told once, also by the next collector, and not where it doesn’t say when it was', () => {
  const started = (startedAtMs: number | null) => ({ ...NONE, startedAtMs });
  const told = story();
  told.tick(started(START_MS - 9_000));
  expect(told.types(started(null))).toStrictEqual([]);
  expect(told.types(started(START_MS - 9_000))).toStrictEqual([]);
  told.restart();
  expect(told.events(started(START_MS + 1))).toMatchObject([
    { type: 'server.restarted', since: isoAfter(1), severity: 'warning', version: 'v1.20.1' },
  ]);
  told.restart();
  expect(told.types(started(START_MS + 1))).toStrictEqual([]);
  expect(told.types({ ...DOWN, startedAtMs: START_MS + 2 })).toStrictEqual(['server.unreachable']);
  expect(told.types(started(START_MS + 2))).toStrictEqual(['server.reachable', 'server.restarted']);
});

test('that it was looked is written down with what happened, last; otherwise each 10 s', () => {
  const told = story();
  told.tick(NONE);
  const { changes } = told.tick(LIVE);
  expect(changes.map(({ baseline }) => Object.keys(baseline))).toStrictEqual([['stream cam', 'server']]);
  const written: number[] = [];
  for (let tick = 1; tick <= 12; tick += 1) {
    const inboundBytes = 1_000_000 * (tick + 1);
    const facts = { ...LIVE, paths: (LIVE.paths ?? []).map((path) => ({ ...path, inboundBytes })) };
    for (const change of told.tick(facts).changes) {
      expect(change).toMatchObject({ event: null, session: null });
      expect(Object.keys(change.baseline)).toStrictEqual(['server']);
      written.push(tick * TICK_MS);
    }
  }
  expect(written).toStrictEqual([10_000, 20_000]);
  expect(JSON.parse(told.hash().get('server') ?? '')).toStrictEqual({
    lookedAt: isoAfter(4_000 + 20_000),
    listedAt: isoAfter(4_000 + 20_000),
    unreachableSince: null,
    startedAt: null,
  });
});
