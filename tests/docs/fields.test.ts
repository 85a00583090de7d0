import { expect, test } from '@jest/globals';
import { SOURCE_STATUSES } from '@mediamtx-monitor/types';
import { protocolText } from './support/documents.ts';
import { FIELDS, type Field } from './support/fields.ts';
import { allCode, codeSpans, type TableRow, rowsUnder } from './support/markdown.ts';

const protocol = protocolText();
const rows = [...rowsUnder(protocol, 'field'), ...rowsUnder(protocol, 'member')];

/** Rows that are about a field: its own or its members', or else those of the object it is in that name it. */
function rowsAbout({ path, parent, name }: Field): readonly TableRow[] {
  const isAbout = (word: string): boolean => word === path || word.startsWith(`${path}.`);
  const own = rows.filter((row) => codeSpans(row.first).some(isAbout));
  if (own.length > 0) return own;
  return rows.filter((row) => codeSpans(row.first).includes(parent) && codeSpans(row.rest).includes(name));
}

/** Paths of those fields that have fewer rows than meanings. */
function tooFew(fields: readonly Field[], isRight: (row: TableRow) => boolean): string[] {
  const paths = [...new Set(fields.map(({ path }) => path))];
  return paths.filter((path) => {
    const meanings = fields.filter((field) => field.path === path);
    const [field] = meanings;
    return field !== undefined && rowsAbout(field).filter(isRight).length < meanings.length;
  });
}

test('the schemas are read as deeply as they go', () => {
  const paths = FIELDS.map(({ path }) => path);
  expect(paths).toStrictEqual(
    expect.arrayContaining(['seq', 'source.status', 'totals.readers', 'rtt', 'ageMs']),
  );
});

test('every field has a row in the protocol pages, one for each of its meanings', () => {
  expect(tooFew(FIELDS, () => true)).toStrictEqual([]);
});

test('every field that may be null says so', () => {
  const nullable = FIELDS.filter((field) => field.nullable);
  expect(tooFew(nullable, (row) => /\bnull\b/.test(row.rest))).toStrictEqual([]);
});

test('no row describes a field that is not there', () => {
  const known = FIELDS.map(({ path }) => path);
  const documented = rows.flatMap((row) => codeSpans(row.first));
  expect(documented.filter((path) => !known.includes(path))).toStrictEqual([]);
});

test('every status of a source is explained', () => {
  const codes = allCode(protocol);
  expect(SOURCE_STATUSES.filter((status) => !codes.includes(status))).toStrictEqual([]);
});
