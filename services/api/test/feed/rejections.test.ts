import { expect, test } from '@jest/globals';
import { Rejections } from '../../src/feed/rejections.ts';
import { createLines } from '../bench.ts';

test('every rejection counts; one that stays is logged once, one that changes or returns again', () => {
  const { logger, lines } = createLines();
  const rejections = new Rejections(logger, 'server');
  for (let i = 0; i < 5; i += 1) rejections.add({ subject: 'a', reason: 'first' });
  expect(lines).toHaveLength(1);
  rejections.add({ subject: 'a', reason: 'second' });
  rejections.add({ subject: undefined, reason: 'second' });
  expect(lines).toHaveLength(3);
  rejections.clear('b');
  rejections.add({ subject: 'a', reason: 'second' });
  expect(lines).toHaveLength(3);
  rejections.clear('a');
  rejections.add({ subject: 'a', reason: 'second' });
  expect(lines).toHaveLength(4);
  expect(rejections.count).toBe(9);
});
