import { describe, expect, test } from '@jest/globals';
import { keyAction, type KeyPress, movedIndex } from '../../src/ui/keyboard.ts';

const press = (given: Partial<KeyPress>): KeyPress => ({
  key: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  place: 'elsewhere',
  ...given,
});

describe('keys', () => {
  test.each([
    ['/', 'search'],
    ['?', 'help'],
    ['Escape', 'back'],
    ['ArrowDown', { move: 'down' }],
    ['Home', { move: 'first' }],
    ['a', undefined],
    ['constructor', undefined],
  ])('%s', (key, action) => {
    expect(keyAction(press({ key }))).toStrictEqual(action);
  });

  test('with a modifier are the browser’s', () => {
    for (const modifier of ['ctrlKey', 'metaKey', 'altKey']) {
      expect(keyAction(press({ key: '/', [modifier]: true }))).toBeUndefined();
    }
  });

  test('in the search field only the way down leads out', () => {
    expect(keyAction(press({ key: '/', place: 'search' }))).toBeUndefined();
    expect(keyAction(press({ key: 'ArrowUp', place: 'search' }))).toBeUndefined();
    expect(keyAction(press({ key: 'ArrowDown', place: 'search' }))).toStrictEqual({ move: 'down' });
  });

  test('in other controls are theirs', () => {
    expect(keyAction(press({ key: 'ArrowDown', place: 'control' }))).toBeUndefined();
  });
});

describe('walking through a list', () => {
  test.each([
    // from, move, per row, to: of 10 items
    [-1, 'down', 1, 0],
    [-1, 'last', 1, 9],
    [0, 'down', 1, 1],
    [8, 'down', 1, 9],
    [9, 'down', 1, 9],
    [1, 'up', 1, 0],
    [0, 'up', 1, 0],
    [4, 'first', 1, 0],
    [4, 'last', 1, 9],
    [1, 'down', 4, 5],
    [7, 'down', 4, 7],
    [5, 'up', 4, 1],
    [5, 'right', 4, 6],
    [5, 'left', 4, 4],
  ] as const)('from %p %s with %p a row to %p', (from, move, perRow, to) => {
    expect(movedIndex(from, { move }, 10, perRow)).toBe(to);
  });
});
