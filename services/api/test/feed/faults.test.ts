import { expect, test } from '@jest/globals';
import { Faults } from '../../src/feed/faults.ts';
import { createLines } from '../bench.ts';

test('every fault counts; one that stays is logged once, one that changes or returns again', () => {
  const { logger, lines } = createLines();
  const faults = new Faults(logger);
  for (let i = 0; i < 5; i += 1) faults.add({ server: 'a', reason: 'first' });
  expect(lines).toHaveLength(1);
  faults.add({ server: 'a', reason: 'second' });
  faults.add({ server: undefined, reason: 'second' });
  expect(lines).toHaveLength(3);
  faults.clear('b');
  faults.add({ server: 'a', reason: 'second' });
  expect(lines).toHaveLength(3);
  faults.clear('a');
  faults.add({ server: 'a', reason: 'second' });
  expect(lines).toHaveLength(4);
  expect(faults.count).toBe(9);
});
