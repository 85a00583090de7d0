import { describe, expect, test } from '@jest/globals';
import { happened, second } from '../support/happened.ts';
import { only, short, told } from '../support/told-stories.ts';

describe('an outage of a stream', () => {
  test('is one story: it stalls, goes, and is back', () => {
    const story = only(
      happened('stream.stalled', 13, { since: second(10) }),
      happened('stream.offline', 20),
      happened('connection.closed', 20),
      happened('connection.opened', 58),
      happened('stream.online', 59),
    );
    expect(short(story)).toStrictEqual({
      kind: 'outages',
      course: 'over',
      from: 10,
      to: 59,
      types: 'stalled offline closed opened online',
    });
    expect([story.lastedMs, story.severity, story.isCut]).toStrictEqual([49_000, 'critical', false]);
  });

  test('is open until the stream is back', () => {
    const story = only(happened('stream.offline', 20));
    expect([story.course, story.endedMs, story.lastedMs]).toStrictEqual(['open', null, null]);
  });

  test('ends when MediaMTX says that the stream was live again, not when that was seen', () => {
    const back = { since: second(66.9), unseenSince: second(60) };
    const online = only(happened('stream.offline', 0), happened('stream.online', 69, back));
    expect([short(online).to, online.lastedMs]).toStrictEqual([66.9, 66_000]);
    const restarted = only(
      happened('stream.offline', 0.5),
      happened('stream.restarted', 69, { ...back, gapMs: 68_500 }),
    );
    expect([short(restarted).to, restarted.lastedMs]).toStrictEqual([66.9, 66_000]);
    const early = only(happened('stream.offline', 70), happened('stream.online', 72, back));
    expect([short(early).from, short(early).to, early.lastedMs]).toStrictEqual([70, 70, 0]);
  });

  test('that a restart ends is as long as was measured, whatever the clock was set to', () => {
    const story = only(happened('stream.offline', 20), happened('stream.restarted', 90, { gapMs: 8_000 }));
    expect([story.course, story.lastedMs]).toStrictEqual(['over', 8_000]);
  });

  test('that is a stall ends with bytes; after an absence, too, its length is that of both', () => {
    const stall = only(
      happened('stream.stalled', 13, { since: second(10) }),
      happened('stream.recovered', 15, { stalledMs: 5_100 }),
    );
    expect(stall.lastedMs).toBe(5_000);
    const both = only(
      happened('stream.stalled', 13, { since: second(10) }),
      happened('stream.offline', 20),
      happened('stream.restarted', 30, { gapMs: 10_000 }),
    );
    expect(both.lastedMs).toBe(20_000);
  });

  test('begins with the publisher’s end where that is told shortly before', () => {
    const story = only(happened('connection.closed', 17), happened('stream.offline', 20));
    expect(short(story)).toMatchObject({ kind: 'outages', from: 20, types: 'closed offline' });
    expect(story.id).toBe('17000-0');
    expect(told(happened('connection.closed', 1), happened('stream.offline', 20))).toHaveLength(2);
  });

  test('has the publisher that comes just behind its end', () => {
    expect(
      only(happened('stream.offline', 1), happened('stream.online', 9), happened('connection.opened', 9))
        .events,
    ).toHaveLength(3);
    expect(
      told(happened('stream.offline', 1), happened('stream.online', 9), happened('connection.opened', 60)),
    ).toHaveLength(2);
  });

  test('that nobody minds is an end and a start', () => {
    expect(
      told(happened('stream.offline', 1, { severity: 'info' }), happened('stream.online', 90)),
    ).toMatchObject([{ kind: 'restarts', course: 'over' }]);
  });

  test('of one stream isn’t that of another, nor of its namesake on another server', () => {
    const stories = told(
      happened('stream.offline', 1),
      happened('stream.offline', 2, { stream: 'other' }),
      happened('stream.offline', 3, { server: 'north' }),
      happened('stream.online', 9, { server: 'north' }),
    );
    expect(stories.map(({ from, to }) => [from, to])).toStrictEqual([
      [3, 9],
      [2, null],
      [1, null],
    ]);
  });

  test('one after the other are two', () => {
    expect(
      told(
        happened('stream.offline', 1),
        happened('stream.online', 50),
        happened('stream.offline', 52),
        happened('stream.online', 99),
      ),
    ).toMatchObject([
      { from: 52, to: 99 },
      { from: 1, to: 50 },
    ]);
  });
});

describe('without its beginning', () => {
  test('a return is a start', () => {
    expect(told(happened('stream.online', 9))).toStrictEqual([
      { kind: 'restarts', course: 'moment', from: 9, to: 9, types: 'online' },
    ]);
  });

  test('a return, new bytes and an answer tell how long it had been', () => {
    expect(told(happened('stream.restarted', 9, { gapMs: 4_000 }))).toMatchObject([
      { kind: 'restarts', course: 'over', from: 5, to: 9 },
    ]);
    expect(told(happened('stream.recovered', 9, { stalledMs: 6_000 }))).toMatchObject([
      { course: 'over', from: 3, to: 9 },
    ]);
    expect(told(happened('server.reachable', 9, { unreachableMs: 8_000 }))).toMatchObject([
      { kind: 'servers', course: 'over', from: 1, to: 9 },
    ]);
    expect(told(happened('connection.closed', 9, { role: 'read', durationMs: 7_000 }))).toMatchObject([
      { kind: 'viewers', from: 2, to: 9 },
    ]);
  });

  test('of what doesn’t tell that, no length is made up', () => {
    for (const type of ['stream.recovered', 'server.reachable', 'silence.ended'] as const) {
      const story = only(happened(type, 9));
      expect([type, story.isCut, story.course, story.lastedMs]).toStrictEqual([type, true, 'over', null]);
    }
  });

  test('another run of a source that nobody saw away is a moment', () => {
    expect(told(happened('stream.restarted', 9))).toMatchObject([{ kind: 'restarts', course: 'moment' }]);
  });

  test('health that is well again, and health that was ill before', () => {
    expect(only(happened('stream.health', 9, { from: 'warning', to: 'ok' }))).toMatchObject({
      kind: 'health',
      isCut: true,
      course: 'over',
      lastedMs: null,
    });
    expect(only(happened('stream.health', 9, { from: 'warning', to: 'critical' }))).toMatchObject({
      isCut: true,
      course: 'open',
    });
  });
});

describe('health', () => {
  const ill = (seconds: number, changes: object = {}) => happened('stream.health', seconds, changes);
  const well = (seconds: number) =>
    happened('stream.health', seconds, { from: 'warning', to: 'ok', severity: 'info', reasons: [] });

  test('is one story until it is well again, from when the reason stands', () => {
    expect(
      told(
        ill(9, { since: second(4) }),
        ill(20, { from: 'warning', to: 'critical', severity: 'critical' }),
        well(30),
      ),
    ).toStrictEqual([{ kind: 'health', course: 'over', from: 4, to: 30, types: 'health health health' }]);
  });

  test('that an outage brings about is a part of it, also when it gets well behind its end', () => {
    expect(
      told(happened('stream.offline', 1), ill(1), happened('stream.online', 50), well(52)),
    ).toStrictEqual([
      { kind: 'outages', course: 'over', from: 1, to: 50, types: 'offline health online health' },
    ]);
  });

  test('that was ill before an outage goes on beside it', () => {
    expect(
      told(
        ill(1),
        happened('stream.offline', 9),
        ill(9, { from: 'warning', to: 'critical' }),
        happened('stream.online', 20),
        well(30),
      ),
    ).toMatchObject([
      { kind: 'outages', from: 9, to: 20, types: 'offline health online' },
      { kind: 'health', from: 1, to: 30 },
    ]);
  });

  test('that is well in an outage ends', () => {
    expect(told(ill(1), happened('stream.offline', 9), well(10))).toMatchObject([
      { kind: 'outages', course: 'open', types: 'offline health' },
      { kind: 'health', course: 'over', to: 10 },
    ]);
  });

  test('that is ill in another way behind an outage is a story of its own', () => {
    const stories = told(
      happened('stream.offline', 1),
      ill(1),
      happened('stream.online', 50),
      ill(50, { from: 'critical' }),
      well(80),
    );
    expect(stories).toMatchObject([
      { kind: 'health', course: 'over', from: 50, to: 80 },
      { kind: 'outages', from: 1, to: 50 },
    ]);
  });
});
