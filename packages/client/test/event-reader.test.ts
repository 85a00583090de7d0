import { expect, test } from '@jest/globals';
import { EventStreamReader } from '../src/event-reader.ts';

function read(...pieces: readonly string[]): string[] {
  return readAll(pieces).filter((each) => !each.startsWith('id '));
}

/** Data, and ids behind them. */
function readAll(pieces: readonly string[]): string[] {
  const all: string[] = [];
  const reader = new EventStreamReader(
    (data) => all.push(data),
    (id) => all.push(`id ${id}`),
  );
  for (const piece of pieces) reader.take(piece);
  return all;
}

test('an id comes behind the data of its event, and without data, too', () => {
  const text = 'id: events:1-0\n\nid: events:2-0\nevent: events\ndata: a\n\ndata: b\n\nid:c\r\n\r\n';
  const whole = ['id events:1-0', 'a', 'id events:2-0', 'b', 'id c'];
  expect(readAll([text])).toStrictEqual(whole);
  expect(readAll(Array.from(text, String))).toStrictEqual(whole);
});

test('the data of each event comes out once it is complete', () => {
  expect(
    read('retry: 2000\n\nid: main:1:2\nevent: streams\ndata: {"a":1}\n\n', ':\n\n', 'data:x\n'),
  ).toStrictEqual(['{"a":1}']);
  expect(read('data:x\n', '\n')).toStrictEqual(['x']);
});

test.each([
  ['several lines', 'data: a\ndata: b\n\n', ['a\nb']],
  ['other ends of lines', 'event: x\r\ndata: a\r\n\r\n', ['a']],
  ['no space, and more than one', 'data:a\n\ndata:  b\n\n', ['a', ' b']],
  ['empty data', 'data:\n\n', ['']],
  ['no data', 'event: x\n\n\n\n', []],
  ['a comment that looks like it', ':data: a\n\ndatas: b\n\n', []],
])('%s', (_what, text, data) => {
  expect(read(text)).toStrictEqual(data);
});

test('wherever the pieces are cut, the data is the same', () => {
  const text =
    'retry: 1\n\nid: 1\ndata: {"name":"größe"}\n\n:\n\nevent: x\r\ndata:y\r\n\r\ndata: a\ndata: b\n\n';
  const whole = ['{"name":"größe"}', 'y', 'a\nb'];
  expect(read(...Array.from(text, String))).toStrictEqual(whole);
  for (let at = 0; at <= text.length; at += 1) {
    expect(read(text.slice(0, at), text.slice(at))).toStrictEqual(whole);
  }
});
