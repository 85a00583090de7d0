import { describe, expect, test } from '@jest/globals';
import { connectionRecord, interruptible } from '@mediamtx-monitor/testkit';
import { type FilteredView, StreamFilters } from '../../src/tick/stream-filters.ts';
import { Tick } from '../../src/tick/tick.ts';
import { headOf, hostsHeadOf, streamOf } from '../publisher.ts';
import { tickOf } from './ticks.ts';

const NAMES = ['cam-1', 'cam-2', 'hall/cam-1', '.hidden', 'a{b,c}', '!x'];

/** What the records of a message have in this member. */
function valuesIn(view: FilteredView, tick: Tick, member: 'name' | 'stream' = 'name'): unknown[] {
  const { [tick.topic]: records, ...head } = JSON.parse(
    view.messageFor(tick)?.json().toString() ?? '',
  ) as Record<string, unknown>;
  expect(head).toStrictEqual(tick.head);
  return (records as Record<string, unknown>[]).map((record) => record[member]);
}

describe('the message for some streams', () => {
  const streams = tickOf(NAMES.map(streamOf));

  test.each([
    ['cam-*', ['cam-1', 'cam-2']],
    ['**', NAMES],
    ['*', ['cam-1', 'cam-2', '.hidden', 'a{b,c}', '!x']],
    ['hall/**', ['hall/cam-1']],
    ['cam-?', ['cam-1', 'cam-2']],
    ['a\\{b,c}', ['a{b,c}']],
    ['{cam,hall/cam}-1', ['cam-1', 'hall/cam-1']],
    ['!x', ['!x']],
    ['nothing', []],
  ])('%s', (glob, names) => {
    expect(valuesIn(new StreamFilters().view(glob), streams)).toStrictEqual(names);
  });

  test('is what it would be if the records were put into JSON for it', () => {
    const view = new StreamFilters().view('cam-*');
    const some = JSON.stringify(['cam-1', 'cam-2'].map(streamOf));
    const expected = `${JSON.stringify(headOf()).slice(0, -1)},"streams":${some}}`;
    expect(view.messageFor(streams)?.json().toString()).toBe(expected);
    expect(new StreamFilters().json(streams, 'cam-*')?.toString()).toBe(expected);
  });

  test('of connections has those that belong to such streams', () => {
    const records = ['cam-1', 'hall', null].map((stream) => connectionRecord({ stream }));
    const tick = tickOf(records, {}, 'connections');
    expect(valuesIn(new StreamFilters().view('cam*'), tick, 'stream')).toStrictEqual(['cam-1']);
  });

  test('of hosts is the whole one', () => {
    const head = hostsHeadOf();
    const hosts = new Tick({
      topic: 'hosts',
      subject: head.host,
      head,
      array: Buffer.from('[{}]'),
      headJson: Buffer.from(JSON.stringify(head)),
      receivedMs: 0,
    });
    expect(new StreamFilters().view('cam-*').messageFor(hosts)).toBe(hosts.message);
  });

  test('is none for a bare array', () => {
    const array = Buffer.from('[{"name":"a"}]');
    const bare = new Tick({ topic: 'streams', subject: 'main', head: null, array, receivedMs: null });
    expect(new StreamFilters().view('a').messageFor(bare)).toBeNull();
    expect(new StreamFilters().json(bare, 'a')).toBeNull();
  });
});

describe('clients with the same filter', () => {
  const tick = (seq: number): Tick => tickOf(NAMES.map(streamOf), { seq });

  test('get the same message, as long as the tick is the same', () => {
    const filters = new StreamFilters();
    const [one, other] = [filters.view('cam-*'), filters.view('cam-*')];
    const first = tick(1);
    expect(other.messageFor(first)).toBe(one.messageFor(first));
    expect(one.messageFor(tick(2))).not.toBe(one.messageFor(first));
  });

  test('share it as long as there are several', () => {
    const filters = new StreamFilters();
    const [one, other] = [filters.view('cam-*'), filters.view('cam-*')];
    filters.view('cam-1');
    const message = one.messageFor(tick(1));
    expect(message?.isShared).toBe(true);
    other.end();
    other.end();
    expect(message?.isShared).toBe(false);
    const third = filters.view('cam-*');
    expect(third.messageFor(tick(1))?.isShared).toBe(true);
  });

  test('leave nothing behind', () => {
    const filters = new StreamFilters();
    const view = filters.view('cam-*');
    const first = tick(1);
    const message = view.messageFor(first);
    view.end();
    const again = filters.view('cam-*').messageFor(first);
    expect(again).not.toBe(message);
    expect(again?.json().equals(message?.json() ?? Buffer.alloc(0))).toBe(true);
  });
});

test('which names match is known from tick to tick, also when names come, go and stand elsewhere', () => {
  const view = new StreamFilters().view('cam-*');
  const ticks: readonly (readonly string[])[] = [
    ['cam-1', 'x'],
    ['x', 'cam-1'],
    ['cam-1', 'cam-2', 'y'],
    [],
    ['y', 'cam-3', 'cam-3', 'x', 'cam-1'],
  ];
  for (const [seq, names] of ticks.entries()) {
    const matching = names.filter((name) => name.startsWith('cam-'));
    expect(valuesIn(view, tickOf(names.map(streamOf), { seq }))).toStrictEqual(matching);
  }
});

test('each name is matched once for a filter, whatever the topics and ticks, as long as a client has it', () => {
  const asked: string[] = [];
  const filters = new StreamFilters(() => (name) => {
    asked.push(name);
    return true;
  });
  const names = Array.from({ length: 10_000 }, (_, n) => `cam-${n}`);
  const view = filters.view('cam-*');
  filters.view('cam-*');
  for (let seq = 1; seq <= 3; seq += 1) {
    expect(
      valuesIn(
        view,
        tickOf(
          names.map((name) => ({ name })),
          { seq },
        ),
      ),
    ).toHaveLength(10_000);
    const connections = [{ stream: 'cam-1' }, { stream: null }, { stream: `new-${seq}` }];
    expect(valuesIn(view, tickOf(connections, { seq }, 'connections'), 'stream')).toHaveLength(2);
  }
  expect(asked.slice(0, 10_000)).toStrictEqual(names);
  expect(asked.slice(10_000)).toStrictEqual(['cam-1', 'new-1', 'new-2', 'new-3']);
});

test('names that come and go without end are forgotten, and the right ones still match', () => {
  const filters = new StreamFilters();
  const view = filters.view('*7');
  for (let seq = 1; seq <= 12; seq += 1) {
    const names = Array.from({ length: 2_000 }, (_, n) => `${seq}-${n}`);
    expect(
      valuesIn(
        view,
        tickOf(
          names.map((name) => ({ name })),
          { seq },
        ),
      ),
    ).toHaveLength(200);
  }
});

test('each server has its own names', () => {
  const view = new StreamFilters().view('cam-*');
  const one = tickOf(['cam-1', 'x'].map(streamOf), { server: 'b' });
  const other = tickOf(['x', 'cam-2'].map(streamOf));
  for (let round = 0; round < 2; round += 1) {
    expect(valuesIn(view, one)).toStrictEqual(['cam-1']);
    expect(valuesIn(view, other)).toStrictEqual(['cam-2']);
  }
});

test('no filter and no name that somebody publishes keeps it busy', () => {
  const long = 'a'.repeat(800);
  const view = new StreamFilters().view('*a*a*a*b');
  const tick = tickOf([long, `${long}b`].map(streamOf));
  expect(interruptible(() => valuesIn(view, tick))).toStrictEqual([`${long}b`]);
});
