import { describe, expect, test } from '@jest/globals';
import type { MonitorEvent } from '@mediamtx-monitor/types';
import { storiesOf } from '../../src/model/stories.ts';
import { notBackCount, streamCount } from '../../src/model/story.ts';
import { happened, second } from '../support/happened.ts';
import { only, short, told } from '../support/told-stories.ts';

describe('a server', () => {
  const back = { unseenSince: second(1) };

  test('that could not be read has what came of it for its streams', () => {
    const story = only(
      happened('server.unreachable', 2),
      happened('server.reachable', 60, { unreachableMs: 58_000 }),
      happened('server.restarted', 60),
      happened('stream.offline', 60, { ...back, cause: { source: 'server-restarted', text: null } }),
      happened('stream.offline', 60, { ...back, stream: 'other' }),
      happened('stream.online', 64),
      happened('stream.restarted', 60, { ...back, stream: 'third' }),
    );
    expect(short(story)).toStrictEqual({
      kind: 'servers',
      course: 'open',
      from: 2,
      to: null,
      types: 'unreachable reachable restarted',
    });
    expect(story.lastedMs).toBe(58_000);
    expect(story.parts.map(short)).toMatchObject([
      { course: 'over', to: 64 },
      { course: 'open' },
      { course: 'moment' },
    ]);
    expect(streamCount(story)).toBe(3);
  });

  test('isn’t over before all its streams are back that somebody minds', () => {
    const restarted = { cause: { source: 'server-restarted', text: null } };
    const events = [
      happened('server.unreachable', 2),
      happened('server.reachable', 13, { unreachableMs: 11_000 }),
      happened('server.restarted', 13),
      happened('stream.offline', 13, restarted),
      happened('stream.offline', 13, { ...restarted, stream: 'other' }),
      happened('stream.offline', 13, { ...restarted, stream: 'unminded', severity: 'info' }),
    ];
    const first = only(...events, happened('stream.online', 90));
    expect([first.course, first.endedMs, notBackCount(first)]).toStrictEqual(['open', null, 1]);
    const both = only(
      ...events,
      happened('stream.online', 90),
      happened('stream.online', 95, { stream: 'other' }),
    );
    expect([short(both).course, short(both).to, notBackCount(both)]).toStrictEqual(['over', 13, 0]);
    const moment = only(...events.slice(2));
    expect([moment.course, moment.endedMs, moment.lastedMs]).toStrictEqual(['open', null, null]);
  });

  test('counts a stream once, however often it went', () => {
    const restarted = { cause: { source: 'server-restarted', text: null } };
    const story = only(
      happened('server.restarted', 9),
      happened('stream.offline', 9, restarted),
      happened('stream.online', 11),
      happened('stream.offline', 12, restarted),
    );
    expect([story.parts.length, streamCount(story)]).toStrictEqual([2, 1]);
  });

  test('doesn’t answer for what happens to its streams at another time, or to those of others', () => {
    expect(
      told(
        happened('server.restarted', 9),
        happened('stream.offline', 9),
        happened('stream.offline', 9, { ...back, server: 'north' }),
        happened('stream.offline', 90, { ...back, stream: 'other' }),
      ),
    ).toHaveLength(4);
  });

  test('that nobody looked at has what was found then, and nothing is claimed of when it was', () => {
    const story = only(
      happened('server.unobserved', 90, { unseenSince: second(30) }),
      happened('stream.offline', 90, { unseenSince: second(30) }),
    );
    expect(short(story)).toMatchObject({ course: 'open', from: 30, to: null });
    expect([story.parts.length, story.lastedMs]).toStrictEqual([1, 60_000]);
  });

  test('that is looked at for the first time is a moment', () => {
    expect(told(happened('server.unobserved', 9, { severity: 'info' }))).toMatchObject([
      { kind: 'servers', course: 'moment' },
    ]);
  });

  test('restarts by itself', () => {
    expect(told(happened('server.restarted', 9), happened('server.restarted', 100))).toHaveLength(2);
  });
});

describe('lost events', () => {
  test('leave open how what was open ended, of that server only', () => {
    const stories = told(
      happened('stream.offline', 1),
      happened('stream.health', 1, { stream: 'ill' }),
      happened('stream.offline', 2, { server: 'north' }),
      happened('server.unreachable', 3),
      happened('connection.opened', 4, { role: 'read' }),
      happened('events.trimmed', 50, { since: second(10), until: second(49) }),
      happened('stream.online', 60),
    );
    expect(stories).toMatchObject([
      { kind: 'restarts', course: 'moment', types: 'online' },
      { types: 'trimmed', from: 10, to: 50 },
      { kind: 'viewers', course: 'lost' },
      { kind: 'servers', course: 'lost' },
      { types: 'offline', course: 'open' },
      { kind: 'health', course: 'lost' },
      { types: 'offline', course: 'lost' },
    ]);
  });
});

describe('alerts', () => {
  const firing = (seconds: number, changes: object = {}) =>
    happened('alert.firing', seconds, { stream: 'cam', since: second(1), ...changes });
  const resolved = (seconds: number, changes: object = {}) =>
    happened('alert.resolved', seconds, { stream: 'cam', since: second(1), ...changes });

  test('are part of the outage they are about, and end behind it without making it longer', () => {
    expect(
      told(
        happened('stream.offline', 1),
        firing(9),
        happened('alert.acknowledged', 12, { stream: 'cam' }),
        happened('stream.online', 20),
        resolved(80),
      ),
    ).toStrictEqual([
      {
        kind: 'outages',
        course: 'over',
        from: 1,
        to: 20,
        types: 'offline firing acknowledged online resolved',
      },
    ]);
  });

  test('are part of ill health, and of a server that can’t be read', () => {
    expect(told(happened('stream.health', 1), firing(9))).toHaveLength(1);
    expect(told(happened('server.unreachable', 1), happened('alert.firing', 9))).toHaveLength(1);
  });

  test('of which nothing else is known are stories', () => {
    expect(told(firing(9), resolved(30))).toStrictEqual([
      { kind: 'alerts', course: 'over', from: 1, to: 30, types: 'firing resolved' },
    ]);
    expect(told(resolved(30))).toMatchObject([{ kind: 'alerts', course: 'over', from: 1 }]);
    expect(only(happened('alert.firing', 9, { server: '', host: 'box' }))).toMatchObject({
      host: 'box',
      stream: null,
      course: 'open',
    });
  });

  test('two of one stream are two', () => {
    expect(
      told(firing(9), firing(10, { alert: 'b' }), resolved(20), resolved(30, { alert: 'b' })),
    ).toHaveLength(2);
  });

  test('a silence of one stream is about that; of several about their server', () => {
    const added = (match: string | null) => only(happened('silence.added', 1, { match, reason: null }));
    expect([added('cam/1'), added('cam/*'), added(null)].map(({ stream }) => stream)).toStrictEqual([
      'cam/1',
      null,
      null,
    ]);
  });

  test('silences last, and a message that could not be delivered is a moment', () => {
    expect(told(happened('silence.added', 1), happened('silence.ended', 30))).toMatchObject([
      { course: 'over', from: 1, to: 30 },
    ]);
    expect(told(happened('notification.failed', 1))).toMatchObject([{ kind: 'alerts', course: 'moment' }]);
  });
});

test('viewers come and go, each by itself', () => {
  const read = (type: 'connection.opened' | 'connection.closed', seconds: number, connection: string) =>
    happened(type, seconds, { role: 'read', connection });
  expect(
    told(
      read('connection.opened', 1, 'a'),
      read('connection.opened', 2, 'b'),
      read('connection.closed', 9, 'a'),
    ),
  ).toMatchObject([
    { kind: 'viewers', course: 'open', from: 2 },
    { kind: 'viewers', course: 'over', from: 1, to: 9 },
  ]);
});

test('a publisher whose stream stays is told; types of a newer release are passed over', () => {
  const newer = { ...happened('stream.online', 50), type: 'stream.painted' } as unknown as MonitorEvent;
  expect(told(happened('connection.closed', 1), happened('connection.opened', 3), newer)).toMatchObject([
    { kind: 'restarts', types: 'closed opened' },
  ]);
});

test('the newest comes first; of those of one moment the one that was told last', () => {
  const stories = storiesOf([
    happened('stream.online', 5, { stream: 'a' }),
    happened('stream.online', 5, { stream: 'b' }),
    happened('stream.online', 9, { stream: 'c' }),
  ]);
  expect(stories.map(({ stream }) => stream)).toStrictEqual(['c', 'b', 'a']);
});
