import { describe, expect, test } from '@jest/globals';
import { JsonBytes } from '../../src/lists/json-bytes.ts';
import { byRole, numbers, type NumberForm } from '../../src/lists/numbers.ts';

function written<Row>(form: NumberForm<Row>, names: readonly string[], row: Row): string {
  const out = new JsonBytes(0);
  form(names)(row, 5, out);
  return out.written().toString();
}

const form = numbers<number, 'inboundBytes' | 'msRTT'>({
  moving: ['inboundBytes', 'msRTT'],
  read: (row, nowMs) => ({ inboundBytes: row, msRTT: row / nowMs }),
  still: { mbpsMaxBW: -1, outboundBytes: 574 },
});

describe('numbers', () => {
  test.each([
    [['inboundBytes', 'byteMSS', 'mbpsMaxBW'], '"inboundBytes":3,"byteMSS":0,"mbpsMaxBW":-1'],
    [['mbpsMaxBW', 'msRTT'], '"mbpsMaxBW":-1,"msRTT":0.6'],
    [['msRTT', 'inboundBytes'], '"msRTT":0.6,"inboundBytes":3'],
    [['mbpsMaxBW'], '"mbpsMaxBW":-1'],
  ])('%j are written as named, in that order', (names, text) => {
    expect(written(form, names, 3)).toBe(text);
  });

  test('first names mean what present ones mean', () => {
    expect(written(form, ['inboundBytes', 'bytesReceived', 'bytesSent'], 3)).toBe(
      '"inboundBytes":3,"bytesReceived":3,"bytesSent":574',
    );
  });

  test('a list whose numbers still have a first name keeps it', () => {
    const srt = numbers<null, 'bytesReceived'>({
      moving: ['bytesReceived'],
      read: () => ({ bytesReceived: 7 }),
    });
    expect(written(srt, ['bytesReceived'], null)).toBe('"bytesReceived":7');
  });

  test('publishers and readers have forms of their own', () => {
    const constant = (value: number) =>
      numbers<{ role: 'publish' | 'read' }, 'a'>({ moving: ['a'], read: () => ({ a: value }) });
    const both = byRole(constant(1), constant(2));
    expect(written(both, ['a'], { role: 'publish' })).toBe('"a":1');
    expect(written(both, ['a'], { role: 'read' })).toBe('"a":2');
  });
});
