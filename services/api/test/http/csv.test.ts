import { expect, test } from '@jest/globals';
import { csvHead, csvLine, wantsCsv } from '../../src/http/csv.ts';

const columns = [
  { name: 'a', value: (row: { readonly a: string | number | null }) => row.a },
  { name: 'b', value: () => 'x' },
];
const cell = (a: string | number | null): string => csvLine(columns, { a }).slice(0, -',x\r\n'.length);

test('a table has the names of its columns, and each line ends as RFC 4180 says', () => {
  const lines = [csvHead(columns), csvLine(columns, { a: 1 }), csvLine(columns, { a: null })];
  expect(lines).toStrictEqual(['a,b\r\n', '1,x\r\n', ',x\r\n']);
});

test.each<[string | number | null, string]>([
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "it"', '"say ""it"""'],
  ['two\nlines', '"two\nlines"'],
  ['\r\n', '"\'\r\n"'],
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['\tx', '"\'\tx"'],
  ['\nx', '"\'\nx"'],
  ['\0x', "'\0x"],
  [' =1+1', "' =1+1"],
  ['\u00a0\0@x', "'\u00a0\0@x"],
  ['＝1+1', "'＝1+1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠x', "'＠x"],
  ['a;=1+1', '"a;=1+1"'],
  ['a\t=1+1', '"a\t=1+1"'],
  ['a b', 'a b'],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
  ['a=1', 'a=1'],
  [-5, '-5'],
  [0.25, '0.25'],
  ['ü😀', 'ü😀'],
])('%j is written as %j', (value, written) => {
  expect(cell(value)).toBe(written);
});

test.each<[string | undefined, boolean]>([
  [undefined, false],
  ['*/*', false],
  ['text/html,application/xhtml+xml,*/*;q=0.8', false],
  ['text/csv', true],
  ['text/csv; charset=utf-8', true],
  ['Text/CSV', true],
  ['text/csvx', false],
  ['text/csv;q=0', false],
  ['application/json, text/csv', true],
  ['application/json, text/csv;q=0.5', false],
  ['application/json;q=0.1, text/csv;q=0.5', true],
])('who accepts %j gets CSV: %s', (accept, wants) => {
  expect(wantsCsv(accept)).toBe(wants);
});
