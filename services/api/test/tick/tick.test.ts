import { describe, expect, test } from '@jest/globals';
import { joinMessage } from '@mediamtx-monitor/types';
import { Tick } from '../../src/tick/tick.ts';
import { tickOf } from './ticks.ts';

describe('records', () => {
  test('what is no object is left out', () => {
    expect(tickOf('[1,null,[],{"name":"a"}]').records).toStrictEqual([{ name: 'a' }]);
  });

  test('there are none in an array that only looks like one', () => {
    expect(tickOf('[{"name":"a"},]').records).toStrictEqual([]);
  });
});

describe('the message with some of the records', () => {
  const RECORDS = [{ name: 'a', x: [1, { y: '",{' }] }, { name: 'ä😀' }, { name: 'c', __proto__: 1 }];
  const textOf = (tick: Tick, places: number[]): string | undefined => {
    const parts = tick.partsWith(places);
    return parts === null ? undefined : Buffer.concat(parts).toString();
  };

  test.each([[[]], [[0]], [[1]], [[0, 2]], [[0, 1, 2]]])('%j is as it would be put into JSON', (places) => {
    const some = places.map((place) => RECORDS[place]);
    const tick = tickOf(RECORDS);
    expect(textOf(tick, places)).toBe(
      joinMessage('streams', JSON.stringify(tick.head), JSON.stringify(some)),
    );
  });

  test('also where it was published with spaces', () => {
    const tick = tickOf(JSON.stringify(RECORDS, undefined, 2));
    expect(textOf(tick, [1])).toBe(textOf(tickOf(RECORDS), [1]));
  });

  test('puts each record into JSON once', () => {
    const tick = tickOf(RECORDS);
    const [, , first] = tick.partsWith([0, 1]) ?? [];
    const [, , other, same] = tick.partsWith([2, 1]) ?? [];
    expect([first, other].map((part) => part?.toString())).toStrictEqual([
      JSON.stringify(RECORDS[0]),
      JSON.stringify(RECORDS[2]),
    ]);
    expect(tick.partsWith([0, 1])?.[3]).toBe(same);
  });

  test('is none for a bare array', () => {
    const array = Buffer.from('[{"name":"a"}]');
    const bare = new Tick({ topic: 'streams', subject: 'main', head: null, array, receivedMs: null });
    expect(bare.message).toBeNull();
    expect(bare.partsWith([0])).toBeNull();
  });
});
