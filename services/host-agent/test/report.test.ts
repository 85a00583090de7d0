import { expect, test } from '@jest/globals';
import { createLogRecorder } from '@mediamtx-monitor/testkit';
import { createReporter } from '../src/report.ts';

test('a change is told once', () => {
  const log = createLogRecorder();
  const report = createReporter(log.logger, 'media-1');
  const away = new Error('it is not connected');
  for (const outcome of [
    'published',
    'published',
    away,
    away,
    'late',
    'superseded',
    'superseded',
    'published',
  ] as const)
    report(outcome);
  expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
    'info host media-1 is stored in Redis',
    'warn not stored: Redis did not take the message: it is not connected',
    'warn not stored: Redis got the message too late and left it out',
    'warn not stored: another agent publishes host media-1: stop one, or give this machine another HOST_ID',
    'info host metrics are stored in Redis again',
  ]);
});

test('what Redis repeats of a password is not told', () => {
  const log = createLogRecorder();
  const said = "ERR unknown command 'auth', with args beginning with: 'agent' 'geheim' ";
  createReporter(log.logger, 'media-1')(new Error(said));
  expect(log.messages('warn')).toEqual([
    "not stored: Redis did not take the message: ERR unknown command 'auth', with args (removed)",
  ]);
});

test('trouble from the start is told, and its end', () => {
  const log = createLogRecorder();
  const report = createReporter(log.logger, 'media-1');
  report('superseded');
  report('published');
  expect(log.messages('warn')).toHaveLength(1);
  expect(log.messages('info')).toEqual(['host metrics are stored in Redis again']);
});
