import { describe, expect, test } from '@jest/globals';
import { RECORDED_VERSIONS, recordedBody, recordedList } from '@mediamtx-monitor/testkit';
import { LIST_NAMES } from '../../src/protocols/index.ts';
import { ListBodyReader, type ListBody } from '../../src/poll/list-body.ts';
import { parseInfo, parseListPage } from '../../src/poll/list-page.ts';

function bodyOf(text: string): ListBody {
  const reader = new ListBodyReader(true, () => undefined);
  reader.take(Buffer.from(text));
  return reader.end();
}

describe('parseListPage', () => {
  test.each(RECORDED_VERSIONS)('reads every list recorded from %s', (version) => {
    for (const list of LIST_NAMES.filter((name) => name !== 'info')) {
      const body = recordedList(version, list, 't0');
      if (body === undefined) continue;
      const page = parseListPage(bodyOf(body));
      expect(page.items.length).toBe(page.itemCount);
      expect(page.pageCount).toBe(page.itemCount === 0 ? 0 : 1);
    }
  });

  test('reads an empty list', () => {
    const body = recordedList('1.20.1', 'rtmpsconns', 'empty');
    expect(parseListPage(bodyOf(body ?? ''))).toStrictEqual({ itemCount: 0, pageCount: 0, items: [] });
  });

  test.each([
    ['', 'not JSON'],
    ['404 page not found', 'not JSON'],
    ['<html></html>', 'not JSON'],
    ['{"itemCount":1,"pageCount":1,"items":[{"na', 'not JSON'],
    ['null', 'not a JSON object'],
    ['"text"', 'not a JSON object'],
    ['{}', 'no items'],
    ['[]', 'not a JSON object'],
    ['{"itemCount":0,"pageCount":0,"items":null}', 'no items'],
    ['{"items":[]}', 'no item and page count'],
    ['{"itemCount":null,"pageCount":1,"items":[]}', 'no item and page count'],
    ['{"itemCount":-1,"pageCount":1,"items":[]}', 'no item and page count'],
    ['{"itemCount":1.5,"pageCount":1,"items":[]}', 'no item and page count'],
    ['{"itemCount":1,"pageCount":"1","items":[]}', 'no item and page count'],
  ])('refuses %p', (body, reason) => {
    expect(() => parseListPage(bodyOf(body))).toThrow(reason);
  });

  test('refuses what MediaMTX sends with an error', () => {
    expect(() => parseListPage(bodyOf(recordedBody('1.20.1', 'errors/auth_401_nocreds.json')))).toThrow(
      'no items',
    );
  });
});

describe('parseInfo', () => {
  test.each(['1.17.0', '1.18.0', '1.20.1'] as const)('reads what was recorded from %s', (version) => {
    const page = parseInfo(bodyOf(recordedBody(version, 'info.t0.json')));
    expect(page).toMatchObject({ itemCount: 1, pageCount: 1, items: [{ version: `v${version}` }] });
  });

  test('takes any object: what isn’t told is unknown', () => {
    expect(parseInfo(bodyOf('{}')).items).toStrictEqual([{}]);
  });

  test.each([
    ['', 'not JSON'],
    ['404 page not found', 'not JSON'],
    ['{"version":"v1', 'not JSON'],
    ['null', 'not a JSON object'],
    ['[]', 'not a JSON object'],
    ['"v1.20.1"', 'not a JSON object'],
    ['1.2', 'not a JSON object'],
  ])('refuses %p', (body, reason) => {
    expect(() => parseInfo(bodyOf(body))).toThrow(reason);
  });
});
