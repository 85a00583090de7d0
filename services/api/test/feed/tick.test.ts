import { describe, expect, test } from '@jest/globals';
import { connectionRecord } from '@mediamtx-monitor/testkit';
import type { ServerTopic } from '@mediamtx-monitor/types';
import { Tick } from '../../src/feed/tick.ts';
import { headOf, streamOf } from '../publisher.ts';

function tickOf(records: readonly unknown[] | string, topic: ServerTopic = 'streams'): Tick {
  const head = { ...headOf(), type: topic };
  const array = Buffer.from(typeof records === 'string' ? records : JSON.stringify(records));
  const headJson = Buffer.from(JSON.stringify(head));
  return new Tick({ topic, subject: 'main', head, array, headJson, receivedMs: 0 });
}

function namesIn(tick: Tick, glob: string, member: 'name' | 'stream' = 'name'): unknown[] {
  const text = tick.messageFor(glob)?.content.json.toString() ?? '';
  const { [tick.topic]: records, ...head } = JSON.parse(text) as Record<string, unknown>;
  expect(head).toEqual(tick.head);
  return (records as Record<string, unknown>[]).map((record) => record[member]);
}

describe('records', () => {
  test('what is no object is left out', () => {
    expect(tickOf('[1,null,[],{"name":"a"}]').records).toEqual([{ name: 'a' }]);
  });

  test('there are none in an array that only looks like one', () => {
    expect(tickOf('[{"name":"a"},]').records).toEqual([]);
  });
});

describe('the message for some streams', () => {
  const streams = tickOf(['cam-1', 'cam-2', 'hall/cam-1', '.hidden', 'a{b,c}', '!x'].map(streamOf));

  test.each([
    ['cam-*', ['cam-1', 'cam-2']],
    ['**', ['cam-1', 'cam-2', 'hall/cam-1', '.hidden', 'a{b,c}', '!x']],
    ['*', ['cam-1', 'cam-2', '.hidden', 'a{b,c}', '!x']],
    ['hall/**', ['hall/cam-1']],
    ['cam-?', ['cam-1', 'cam-2']],
    ['a\\{b,c}', ['a{b,c}']],
    ['{cam,hall/cam}-1', ['cam-1', 'hall/cam-1']],
    ['!x', ['!x']],
    ['nothing', []],
  ])('%s', (glob, names) => {
    expect(namesIn(streams, glob)).toEqual(names);
  });

  test('is made once for each glob, and has a tag of its own', () => {
    expect(streams.messageFor('cam-*')).toBe(streams.messageFor('cam-*'));
    expect(streams.messageFor('cam-*')?.content.etag).not.toBe(streams.message?.content.etag);
    expect(streams.messageFor(undefined)).toBe(streams.message);
  });

  test('of connections has those that belong to such streams', () => {
    const records = ['cam-1', 'hall', null].map((stream) => connectionRecord({ stream }));
    expect(namesIn(tickOf(records, 'connections'), 'cam*', 'stream')).toEqual(['cam-1']);
  });

  test('is none for a bare array', () => {
    const array = Buffer.from('[{"name":"a"}]');
    const bare = new Tick({ topic: 'streams', subject: 'main', head: null, array, receivedMs: null });
    expect(bare.message).toBeNull();
    expect(bare.messageFor('a')).toBeNull();
  });
});
