import { expect, test } from '@jest/globals';
import { ANSWER_CAUSES, SOURCE_ERRORS, TOO_MUCH_KINDS } from '@mediamtx-monitor/types';
import { protocolText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';

test('the protocol pages have every code of a source error with its values, and no other', () => {
  const text = protocolText();
  const table = text.slice(text.indexOf('`sourceError.code` is one of these'));
  const end = table.indexOf('\n\n', table.indexOf('| code'));
  const rows = rowsUnder(table.slice(0, end), 'code').map((row) => [
    codeSpans(row.first).join(),
    codeSpans(row.cell('values')),
  ]);
  expect(Object.fromEntries(rows)).toStrictEqual(SOURCE_ERRORS);
});

test('the protocol pages have every cause and kind that stand in the values', () => {
  const text = protocolText();
  const begin = text.indexOf('`cause` is ');
  const said = codeSpans(text.slice(begin, text.indexOf('\n\n', begin)));
  for (const word of [...ANSWER_CAUSES, ...TOO_MUCH_KINDS]) expect(said).toContain(word);
});
