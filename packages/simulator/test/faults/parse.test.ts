import { describe, expect, test } from '@jest/globals';
import { parseFault } from '../../src/faults/parse.ts';

describe('a fault that comes over HTTP', () => {
  test.each([
    { kind: 'down', seconds: 5 },
    { kind: 'hang', list: 'paths' },
    { kind: 'slow', delayMs: 1500, list: 'srtconns' },
    { kind: 'status', status: 500 },
    { kind: 'unauthorized', delayMs: 2000 },
    { kind: 'html' },
    { kind: 'truncated', list: 'info' },
    { kind: 'nulls' },
    { kind: 'emptyObject' },
    { kind: 'hugeBody', bytes: 80_000_000 },
    { kind: 'endlessPaging' },
    { kind: 'shortCount', list: 'rtspsessions' },
    { kind: 'cut' },
    { kind: 'cut', times: 1 },
  ])('%j is taken as it is', (fault) => {
    expect(parseFault(JSON.stringify(fault))).toStrictEqual(fault);
  });

  test('unauthorized comes at once unless told', () => {
    expect(parseFault('{"kind":"unauthorized"}')).toStrictEqual({ kind: 'unauthorized', delayMs: 0 });
  });

  test.each([
    ['', 'The body must be JSON, such as {"kind":"hang"}.'],
    ['{"kind"', 'The body must be JSON, such as {"kind":"hang"}.'],
    ['null', 'The body must be a JSON object, such as {"kind":"hang"}.'],
    ['["hang"]', 'The body must be a JSON object, such as {"kind":"hang"}.'],
    ['{"kind":"slow"}', 'delayMs must be a number from 0 to 600000; it is missing.'],
    ['{"kind":"slow","delayMs":-1}', 'delayMs must be a number from 0 to 600000; it is -1.'],
    ['{"kind":"slow","delayMs":"9"}', 'delayMs must be a number from 0 to 600000; it is "9".'],
    ['{"kind":"status","status":200}', 'status must be a number from 400 to 599; it is 200.'],
    ['{"kind":"status","status":400.5}', 'status must be a whole number from 400 to 599; it is 400.5.'],
    ['{"kind":"down"}', 'seconds must be a number from 0.1 to 3600; it is missing.'],
    ['{"kind":"down","seconds":1,"list":"paths"}', 'A fault of kind down has no list.'],
    ['{"kind":"hang","delayMs":1,"x":2}', 'A fault of kind hang has no delayMs, x.'],
    ['{"kind":"cut","times":0}', 'times must be a number from 1 to 9007199254740991; it is 0.'],
  ])('%s is refused in clear words', (json, message) => {
    expect(() => parseFault(json)).toThrow(expect.objectContaining({ code: 'invalid-fault', message }));
  });

  test.each(['{}', '{"kind":"toString"}', '{"kind":"__proto__"}', '{"kind":"hang","list":"streams"}'])(
    '%s is refused with the words to choose from',
    (json) => {
      expect(() => parseFault(json)).toThrow(
        /must be one of (down, hang, slow|info, paths, srtconns), .*; it is /,
      );
    },
  );
});
