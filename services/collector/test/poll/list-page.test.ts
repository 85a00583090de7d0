import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, recordedBody, recordedList } from '@mediamtx-monitor/testkit';
import { parseListPage } from '../../src/poll/list-page.ts';

describe('parseListPage', () => {
  test.each(RECORDED_VERSIONS)('reads every list recorded from %s', (version) => {
    for (const list of ['paths', 'srtconns']) {
      const body = recordedList(version, list, 't0');
      if (body === undefined) throw new Error('not recorded');
      const page = parseListPage(body);
      expect(page.items.length).toBe(page.itemCount);
      expect(page.pageCount).toBe(1);
    }
  });

  test('reads an empty list', () => {
    const body = recordedList('1.20.1', 'rtmpsconns', 'empty');
    expect(parseListPage(body ?? '')).toEqual({ itemCount: 0, pageCount: 0, items: [] });
  });

  test.each([
    ['', 'not JSON'],
    ['404 page not found', 'not JSON'],
    ['<html></html>', 'not JSON'],
    ['{"itemCount":1,"pageCount":1,"items":[{"na', 'not JSON'],
    ['null', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    ['{}', 'no items'],
    ['[]', 'no items'],
    ['{"itemCount":0,"pageCount":0,"items":null}', 'no items'],
    ['{"items":[]}', 'no item and page count'],
    ['{"itemCount":null,"pageCount":1,"items":[]}', 'no item and page count'],
    ['{"itemCount":-1,"pageCount":1,"items":[]}', 'no item and page count'],
    ['{"itemCount":1.5,"pageCount":1,"items":[]}', 'no item and page count'],
    ['{"itemCount":1,"pageCount":"1","items":[]}', 'no item and page count'],
  ])('refuses %p', (body, reason) => {
    expect(() => parseListPage(body)).toThrow(reason);
  });

  test('refuses what MediaMTX sends with an error', () => {
    expect(() => parseListPage(recordedBody('1.20.1', 'errors/auth_401_nocreds.json'))).toThrow('no items');
  });
});
