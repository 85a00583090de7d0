import { describe, expect, test } from '@jest/globals';
import { createNewest, isNewer } from '../src/newest.ts';
import { connectionsMessage, hostsMessage, streamsMessage } from './support/messages.ts';

describe('isNewer', () => {
  test.each([
    [[1, 2], [1, 1], true],
    [[1, 1], [1, 2], false],
    [[1, 1], [1, 1], false],
    [[2, 1], [1, 9], true],
    [[1, 9], [2, 1], false],
  ] as const)('%j after %j: %p', ([epoch, seq], [otherEpoch, otherSeq], newer) => {
    expect(isNewer({ epoch, seq }, { epoch: otherEpoch, seq: otherSeq })).toBe(newer);
  });
});

describe('newest', () => {
  test('an older message is not taken', () => {
    const newest = createNewest();
    const second = streamsMessage({ seq: 2 });
    expect(newest.offer(second)).toBe(true);
    expect(newest.offer(streamsMessage({ seq: 1 }))).toBe(false);
    expect(newest.get('streams', 'main')).toBe(second);
  });

  test('a collector that took over begins at 1', () => {
    const newest = createNewest();
    newest.offer(streamsMessage({ epoch: 1_000, seq: 500 }));
    const taken = streamsMessage({ epoch: 2_000, seq: 1 });
    expect(newest.offer(taken)).toBe(true);
    expect(newest.offer(streamsMessage({ epoch: 1_000, seq: 501 }))).toBe(false);
    expect(newest.get('streams', 'main')).toBe(taken);
  });

  test('one of the same tick is taken', () => {
    const newest = createNewest();
    newest.offer(streamsMessage({ seq: 2 }));
    const again = streamsMessage({ seq: 2 });
    expect(newest.offer(again)).toBe(true);
    expect(newest.get('streams', 'main')).toBe(again);
  });

  test('topics and servers have each their own', () => {
    const newest = createNewest();
    newest.offer(streamsMessage({ seq: 9 }));
    expect(newest.offer(connectionsMessage({ seq: 1 }))).toBe(true);
    expect(newest.offer(streamsMessage({ server: 'b', seq: 1 }))).toBe(true);
    expect(newest.get('streams', 'b')?.seq).toBe(1);
    expect(newest.get('connections', 'main')?.seq).toBe(1);
    expect(newest.get('connections', 'b')).toBeUndefined();
    newest.offer(hostsMessage({ host: 'b', seq: 4 }));
    expect(newest.get('hosts', 'b')?.seq).toBe(4);
    expect(newest.get('streams', 'b')?.seq).toBe(1);
  });

  test('cleared, it has no message but still knows what is old', () => {
    const newest = createNewest();
    newest.offer(streamsMessage({ seq: 5 }));
    newest.clear();
    expect(newest.get('streams', 'main')).toBeUndefined();
    expect(newest.offer(streamsMessage({ seq: 4 }))).toBe(false);
    expect(newest.offer(streamsMessage({ seq: 5 }))).toBe(true);
  });
});
