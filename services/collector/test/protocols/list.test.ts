import { expect, test } from '@jest/globals';
import type { ListOutcome } from '../../src/protocols/index.ts';
import { normaliseList } from '../../src/protocols/list.ts';
import { FAILED, items, OFF, RECEIVED_AT_MS } from '../support/polls.ts';

const read = (outcome: ListOutcome) => normaliseList('paths', outcome as ListOutcome<string>, (fact) => fact);

test('facts come in the order of their items', () => {
  expect(read(items('b', 'a'))).toStrictEqual({
    kind: 'facts',
    facts: ['b', 'a'],
    receivedAtMs: RECEIVED_AT_MS,
  });
});

test.each([OFF, FAILED])('what is no list stays as it is: %j', (outcome) => {
  expect(read(outcome)).toBe(outcome);
});

test('one item without an identity makes the list invalid', () => {
  expect(read(items('a', null, 'b'))).toMatchObject({
    kind: 'failed',
    status: 'invalid',
    error: 'MediaMTX sent a wrong answer for paths: item 1 has no name or id.',
  });
});

test('a list is named as it was asked for, and its item by its place', () => {
  const asked: ListOutcome = {
    kind: 'items',
    items: ['a', null],
    receivedAtMs: 0,
    simulated: false,
    route: 'paths/list',
  };
  expect(read(asked)).toStrictEqual({
    kind: 'failed',
    status: 'invalid',
    error: 'MediaMTX sent a wrong answer for paths/list: item 1 has no name or id.',
    sourceError: { code: 'invalid-item', values: { list: 'paths/list', item: '1' } },
  });
});

test.each(['a', 'constructor', '__proto__'])('so does one with the identity of another: %s', (name) => {
  expect(read(items(name, 'b', name))).toMatchObject({
    kind: 'failed',
    status: 'invalid',
    error: 'MediaMTX sent a wrong answer for paths: item 2 has the name or id of another.',
  });
});
