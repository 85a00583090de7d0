import { expect, test } from '@jest/globals';
import { entryState, pageState, type StreamLook } from '../../src/status/state-now.ts';

const look = (state: string, changes: Partial<StreamLook> = {}): StreamLook => ({
  ...{ server: 'main', name: 'a', state, health: 'ok', isExpected: false, isOnDemand: false },
  ...changes,
});
const live = look('live');
const ill = look('live', { health: 'critical' });
const expected = look('idle', { isExpected: true });
const idle = look('idle');

test.each([
  ['up', [live]],
  ['up', [look('live', { health: 'warning' })]],
  ['disrupted', [ill]],
  ['down', [look('stalled')]],
  ['down', [expected]],
  ['down', [look('missing')]],
  ['down', [idle]],
  ['unknown', [look('unknown')]],
  ['unscheduled', [look('idle', { isOnDemand: true })]],
  ['up', [live, idle]],
  ['disrupted', [live, expected]],
  ['disrupted', [live, ill]],
  ['up', [live, look('unknown')]],
  ['unknown', [expected, look('unknown')]],
  ['down', [idle, idle]],
  ['down', []],
] as const)('it is %s: %j', (state, streams) => {
  expect(entryState({ streams, isWhole: true, hasSchedule: false, isMaintained: false })).toBe(state);
});

const others = { isWhole: true, hasSchedule: false, isMaintained: false };

test('outside its hours nothing is down but what should run', () => {
  const states = [[idle], [look('missing')], [], [expected], [look('stalled')], [live]].map((streams) =>
    entryState({ ...others, streams, hasSchedule: true }),
  );
  expect(states).toStrictEqual(['unscheduled', 'unscheduled', 'unscheduled', 'down', 'down', 'up']);
});

test('what isn’t there is unknown as long as a server isn’t known', () => {
  expect(entryState({ ...others, streams: [], isWhole: false })).toBe('unknown');
});

test('what is planned is told as that, but not of what is up', () => {
  const states = [[expected], [ill], [look('unknown')], [live], [look('idle', { isOnDemand: true })]].map(
    (streams) => entryState({ ...others, streams, isMaintained: true }),
  );
  expect(states).toStrictEqual(['maintenance', 'maintenance', 'maintenance', 'up', 'unscheduled']);
});

test.each([
  ['up', ['up', 'up', 'unscheduled']],
  ['down', ['down', 'down', 'unscheduled']],
  ['disrupted', ['up', 'down', 'unknown']],
  ['disrupted', ['up', 'disrupted']],
  ['unknown', ['up', 'unknown', 'maintenance']],
  ['maintenance', ['up', 'maintenance']],
  ['unscheduled', ['unscheduled']],
] as const)('a page is %s: %j', (state, items) => {
  expect(pageState(items)).toBe(state);
});
