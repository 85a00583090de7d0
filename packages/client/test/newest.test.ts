import { describe, expect, test } from '@jest/globals';
import { Newest } from '../src/newest.ts';
import { createManualTime } from './support/manual-time.ts';
import { connectionsMessage, hostsMessage, streamsMessage } from './support/messages.ts';

function setUp(): Newest {
  return new Newest(createManualTime().monotonicMs);
}

describe('newest', () => {
  test('an older message is not taken', () => {
    const newest = setUp();
    const second = streamsMessage({ seq: 2 });
    expect(newest.offer(second)).toBe(true);
    expect(newest.offer(streamsMessage({ seq: 1 }))).toBe(false);
    expect(newest.get('streams', 'main')).toBe(second);
  });

  test('a collector that took over begins at 1', () => {
    const newest = setUp();
    newest.offer(streamsMessage({ epoch: 1_000, seq: 500 }));
    const taken = streamsMessage({ epoch: 2_000, seq: 1 });
    expect(newest.offer(taken)).toBe(true);
    expect(newest.offer(streamsMessage({ epoch: 1_000, seq: 501 }))).toBe(false);
    expect(newest.get('streams', 'main')).toBe(taken);
  });

  test('one of the same tick is taken', () => {
    const newest = setUp();
    newest.offer(streamsMessage({ seq: 2 }));
    const again = streamsMessage({ seq: 2 });
    expect(newest.offer(again)).toBe(true);
    expect(newest.get('streams', 'main')).toBe(again);
  });

  test('topics and servers have each their own', () => {
    const newest = setUp();
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
    const newest = setUp();
    newest.offer(streamsMessage({ seq: 5 }));
    newest.clear();
    expect(newest.get('streams', 'main')).toBeUndefined();
    expect(newest.offer(streamsMessage({ seq: 4 }))).toBe(false);
    expect(newest.offer(streamsMessage({ seq: 5 }))).toBe(true);
  });

  test('an older numbering that goes on is followed once the newer one has been silent for 3 intervals', () => {
    const time = createManualTime();
    const newest = new Newest(time.monotonicMs);
    newest.offer(streamsMessage({ epoch: 9_007_199_254_740_991 }));
    time.advance(6_001);
    expect([5, 6, 7].map((seq) => newest.offer(streamsMessage({ seq })))).toStrictEqual([false, true, true]);
    expect(newest.get('streams', 'main')?.seq).toBe(7);
  });

  test('what is forgotten begins anew, and takes nothing of another with it', () => {
    const newest = setUp();
    for (const message of [
      streamsMessage({ seq: 5 }),
      connectionsMessage({ seq: 5 }),
      hostsMessage({ host: 'main', seq: 5 }),
    ]) {
      newest.offer(message);
    }
    newest.forget('server', 'main');
    expect(newest.get('streams', 'main')).toBeUndefined();
    expect(newest.get('connections', 'main')).toBeUndefined();
    expect(newest.get('hosts', 'main')?.seq).toBe(5);
    expect(newest.offer(streamsMessage({ seq: 1 }))).toBe(true);
  });
});
