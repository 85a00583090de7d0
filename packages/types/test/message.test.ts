import { describe, expect, test } from '@jest/globals';
import { arrayMarker, joinMessage, type StreamRecord } from '../src/index.ts';
import { head, idleRecord, message } from './support/samples.ts';

const headJson = JSON.stringify(head);

/** Takes a message apart as a relay does: at the first marker, without parsing. */
function split(json: string): { head: unknown; array: unknown } {
  const at = json.indexOf(arrayMarker('streams'));
  return {
    head: JSON.parse(`${json.slice(0, at)}}`),
    array: JSON.parse(json.slice(at + arrayMarker('streams').length - 1, -1)),
  };
}

describe('joinMessage', () => {
  test('makes what JSON.stringify makes of the whole message', () => {
    expect(joinMessage('streams', headJson, JSON.stringify(message.streams))).toBe(JSON.stringify(message));
  });

  test('takes an empty array', () => {
    const json = joinMessage('streams', headJson, '[]');
    expect(JSON.parse(json)).toStrictEqual({ ...head, streams: [] });
    expect(json.endsWith(`${arrayMarker('streams')}]}`)).toBe(true);
  });

  test('passes the JSON of both on as it is', () => {
    const array = '[ {"bytesReceived": 18446744073709551615} ]';
    expect(joinMessage('streams', headJson, array)).toContain(array);
  });
});

describe('arrayMarker', () => {
  test('begins the array', () => {
    const json = joinMessage('streams', headJson, JSON.stringify(message.streams));
    expect(split(json)).toStrictEqual({ head, array: message.streams });
  });

  test.each([
    ['the marker', ',"streams":['],
    ['the marker after a closed string', '","streams":['],
    ['a backslash before the marker', '\\","streams":['],
    ['the end of a record and the marker', '"}],"streams":[{"name":"x'],
  ])('is not found in a head whose texts hold %s', (_what, text) => {
    const trickyHead = {
      ...head,
      source: { status: 'error', error: text, version: text },
      missing: [text],
      [text]: text,
    };
    const records: StreamRecord[] = [{ ...idleRecord, name: text, tracks: [text] }];
    const json = joinMessage('streams', JSON.stringify(trickyHead), JSON.stringify(records));
    expect(split(json)).toStrictEqual({ head: trickyHead, array: records });
    expect(json.split(arrayMarker('streams'))).toHaveLength(2);
  });
});
