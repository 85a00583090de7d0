import { expect, test } from '@jest/globals';
import { parsePublishReply } from '../../src/index.ts';

test('what a publish script answers', () => {
  expect(parsePublishReply(['published', 5, 0, 0])).toEqual({
    verdict: 'published',
    redisNowMs: 5,
    storedEpoch: 0,
    storedSeq: 0,
  });
  expect(parsePublishReply(['superseded', 5, 7, 9])).toMatchObject({ storedEpoch: 7, storedSeq: 9 });
});

test.each([null, 'OK', [], ['done', 5, 0, 0], ['late', '5', 0, 0], ['late', 5, 0]])(
  '%j is not its answer',
  (reply) => {
    expect(() => parsePublishReply(reply)).toThrow(TypeError);
  },
);
