import { expect, test } from '@jest/globals';
import { epochOf, parseScriptReply } from '../../src/publish/script.ts';

test('what the script answers', () => {
  expect(parseScriptReply(['published', 5, 0])).toEqual({
    verdict: 'published',
    redisNowMs: 5,
    storedEpoch: 0,
  });
  expect(parseScriptReply(['superseded', 5, 7])).toMatchObject({ verdict: 'superseded', storedEpoch: 7 });
});

test.each([null, 'OK', [], ['done', 5, 0], ['late', '5', 0], ['late', 5]])(
  '%j is not its answer',
  (reply) => {
    expect(() => parseScriptReply(reply)).toThrow(TypeError);
  },
);

test('the epoch of a stored message', () => {
  expect(epochOf('{"type":"hosts","v":1,"host":"a","epoch":1795387539630,"seq":2}')).toBe(1_795_387_539_630);
  expect(epochOf(null)).toBe(0);
  expect(epochOf('something else')).toBe(0);
});
