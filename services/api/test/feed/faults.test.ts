import { expect, test } from '@jest/globals';
import { Faults } from '../../src/feed/faults.ts';
import { createLines } from '../bench.ts';

test('every fault counts; one that stays is logged once, one that changes or returns again', () => {
  const { logger, lines } = createLines();
  const faults = new Faults(logger, 'server');
  for (let i = 0; i < 5; i += 1) faults.add({ subject: 'a', reason: 'first' });
  expect(lines).toHaveLength(1);
  faults.add({ subject: 'a', reason: 'second' });
  faults.add({ subject: undefined, reason: 'second' });
  expect(lines).toHaveLength(3);
  faults.clear('b');
  faults.add({ subject: 'a', reason: 'second' });
  expect(lines).toHaveLength(3);
  faults.clear('a');
  faults.add({ subject: 'a', reason: 'second' });
  expect(lines).toHaveLength(4);
  expect(faults.count).toBe(9);
});
