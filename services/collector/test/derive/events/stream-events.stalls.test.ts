import { describe, expect, test } from '@jest/globals';
import { isoAfter, START_MS, TICK_MS } from '../facts.ts';
import { DOWN, IDLE_PATH, live, lived, paths } from './story.ts';

describe('a stream that brings nothing', () => {
  const SILENT = live(9);
  const LAST_BYTES = isoAfter(10 * TICK_MS);
  const silent = (times: number, told = lived()) => {
    for (let tick = 0; tick < times; tick += 1) told.tick(SILENT);
    return told;
  };

  test('is stalled since bytes came last, and recovers', () => {
    const told = silent(2);
    expect(told.events(SILENT)).toMatchObject([
      { type: 'stream.stalled', at: isoAfter(13 * TICK_MS), since: LAST_BYTES },
      { type: 'stream.health' },
    ]);
    expect(told.events(live(11), 6_000)).toMatchObject([
      { type: 'stream.recovered', since: null, stalledMs: 3 * TICK_MS + 6_000, severity: 'info' },
      { type: 'stream.health', from: 'critical', to: 'ok' },
    ]);
  });

  test('also where the list couldn’t be read meanwhile, or the clock was set', () => {
    const told = silent(1);
    for (let tick = 0; tick < 4; tick += 1) told.tick(DOWN);
    told.tick(SILENT);
    expect(told.events(SILENT)).toMatchObject([
      { type: 'stream.stalled', at: isoAfter(17 * TICK_MS), since: LAST_BYTES },
      { type: 'stream.health' },
    ]);
    const back = silent(2);
    back.setClock(-3_600_000);
    expect(back.events(SILENT)).toMatchObject([
      { type: 'stream.stalled', since: isoAfter(10 * TICK_MS - 3_600_000) },
      { type: 'stream.health' },
    ]);
  });

  test('is known to the next collector, which tells how long it lasted', () => {
    const told = silent(3);
    told.restart(TICK_MS);
    expect(told.events(live(11))).toMatchObject([
      { type: 'stream.recovered', stalledMs: 5 * TICK_MS },
      { type: 'stream.health' },
    ]);
  });
});

test('one that goes while it is stalled is offline, and one that begins anew then is restarted', () => {
  const stalled = () => {
    const told = lived();
    for (let tick = 0; tick < 3; tick += 1) told.tick(live(9));
    return told;
  };
  expect(stalled().events(IDLE_PATH)).toMatchObject([{ type: 'stream.offline', severity: 'critical' }]);
  expect(
    stalled().types(paths({ readyAtMs: START_MS, sourceId: 'publisher-2', inboundBytes: 10 })),
  ).toStrictEqual(['stream.restarted', 'stream.health']);
});
