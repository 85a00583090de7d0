import { expect, test } from '@jest/globals';
import { HISTORY, type HistoryKind } from '@mediamtx-monitor/types';
import { readText } from './support/documents.ts';
import { codeSpans, rowsUnder } from './support/markdown.ts';

const text = readText('docs/history.md');

test('docs/history.md names what is kept of each kind of subject', () => {
  const documented = rowsUnder(text, 'of what', 'fields').map((row) => [row.first, codeSpans(row.rest)]);
  const kept = (Object.keys(HISTORY) as HistoryKind[]).map((kind) => [
    kind,
    ['state', 'health', ...Object.keys(HISTORY[kind].fields)],
  ]);
  expect(documented).toStrictEqual(kept);
});

test('and how exact the numbers of streams are', () => {
  const documented = new Map(
    rowsUnder(text, 'number', 'right to').flatMap((row) =>
      codeSpans(row.first).map((name) => [name, row.cell('right to')] as const),
    ),
  );
  for (const [name, { scale }] of Object.entries(HISTORY.stream.fields)) {
    const percent = Number((50 / scale.linear).toFixed(1));
    expect([name, documented.get(name)]).toStrictEqual([name, expect.stringContaining(`${percent} %`)]);
  }
});
