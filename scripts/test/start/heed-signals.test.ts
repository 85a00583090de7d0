import { EventEmitter } from 'node:events';
import { expect, test } from '@jest/globals';
import { heedSignals, type Signals } from '../../src/start/heed-signals.ts';

test('the first signal leaves, later ones hurry, and afterwards none is heard', () => {
  const signals = new EventEmitter();
  const calls: string[] = [];
  const unheed = heedSignals(
    signals as unknown as Signals,
    () => calls.push('leave'),
    () => calls.push('hurry'),
  );
  signals.emit('SIGINT');
  signals.emit('SIGTERM');
  signals.emit('SIGHUP');
  unheed();
  expect(signals.emit('SIGINT')).toBe(false);
  expect(calls).toStrictEqual(['leave', 'hurry', 'hurry']);
});
