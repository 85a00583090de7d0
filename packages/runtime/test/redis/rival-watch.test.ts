import { expect, test } from '@jest/globals';
import type { PublishReply } from '../../src/redis/publish-reply.ts';
import { RivalWatch } from '../../src/redis/rival-watch.ts';

const answer = (storedEpoch: number, storedSeq: number): PublishReply => ({
  verdict: 'superseded',
  redisNowMs: 0,
  storedEpoch,
  storedSeq,
});

test('whoever took over is gone after 5 of our ticks without one of theirs', () => {
  const rival = new RivalWatch();
  const seqs = [1, 1, 2, 2, 2, 2, 2, 2];
  expect(seqs.map((seq) => rival.isGone(answer(9, seq)))).toEqual([...Array<boolean>(7).fill(false), true]);
});

test('another epoch is another publisher', () => {
  const rival = new RivalWatch();
  for (let tick = 0; tick < 5; tick += 1) rival.isGone(answer(9, 1));
  expect(rival.isGone(answer(10, 1))).toBe(false);
});
