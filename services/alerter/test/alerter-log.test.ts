import { expect, test } from '@jest/globals';
import { createLogRecorder } from '@mediamtx-monitor/testkit';
import { AlerterLog } from '../src/alerter-log.ts';

const NOTHING = { refused: [], forgotten: [], droppedCount: 0, notifications: [] };
const REFUSED = {
  type: 'refused',
  command: { type: 'target.test', by: 'ops', target: 'phone' },
  why: 'it was tested in the last minute',
} as const;

test('commands of a tick that weren’t done have one line, with how many', () => {
  const { logger, messages } = createLogRecorder();
  const log = new AlerterLog(logger);
  log.saved({ ...NOTHING, refused: [REFUSED] }, []);
  log.saved({ ...NOTHING, refused: new Array<typeof REFUSED>(100).fill(REFUSED) }, []);
  const first = 'a command (target.test) of ops was not done: it was tested in the last minute';
  expect(messages('warn')).toStrictEqual([first, `${first}; and 99 more weren’t`]);
});

test('that there is no room is told once while it is so', () => {
  const { logger, messages } = createLogRecorder();
  const log = new AlerterLog(logger);
  for (const droppedCount of [7, 8, 0, 1]) log.saved({ ...NOTHING, droppedCount }, []);
  expect(messages('warn')).toStrictEqual([
    expect.stringContaining(': 7 are left out'),
    expect.stringContaining(': 1 are left out'),
  ]);
});

test('that files differ is told once while they do, by whoever finds it', () => {
  const { logger, messages } = createLogRecorder();
  const log = new AlerterLog(logger);
  for (const doDiffer of [false, true, true, false, true]) log.compared('active', doDiffer);
  log.compared('standby', true);
  expect(messages('warn')).toStrictEqual([
    expect.stringContaining('another alerter stands by'),
    expect.stringContaining('another alerter stands by'),
  ]);
});
