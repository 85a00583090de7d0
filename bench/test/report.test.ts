import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { FIGURES } from '../src/figures.ts';
import { DOCUMENTS, reportOf, withReport } from '../src/report.ts';

const CIRCUMSTANCES = {
  at: '2026-11-29T04:35Z',
  minutes: 24,
  machine: ['2 cores of a processor', 'Linux 6'],
};
const [PERFORMANCE, HISTORY] = DOCUMENTS as [(typeof DOCUMENTS)[number], (typeof DOCUMENTS)[number]];
const DOCUMENT = `# What it costs

By hand.

<!-- figures, made by \`make bench\` -->
what was there before
<!-- end of figures -->

## What misses its aim

By hand, too.
`;

test('a report has its circumstances, the table, and in its last line what is missed', () => {
  const report = reportOf(
    PERFORMANCE,
    { 'collector-100-memory': { value: 97, beside: 79 }, 'history-month': { value: 134 } },
    CIRCUMSTANCES,
  );
  const lines = (report ?? '').trim().split('\n');
  expect(lines.slice(0, 3)).toStrictEqual([
    '- Measured at 2026-11-29T04:35Z, in 24 minutes',
    '- 2 cores of a processor',
    '- Linux 6',
  ]);
  expect(lines[6]).toContain('97.0 MB');
  expect(lines.at(-1)).toMatch(
    /^Missed: 1 of 1 aims: .*memory \(97\.0 MB, aim ≤ 90 MB\)\. Not measured: \d+ others\.$/,
  );
});

test('what was written by hand around it stays', () => {
  const report = reportOf(PERFORMANCE, { 'collector-100-complete': { value: 100 } }, CIRCUMSTANCES) ?? '';
  const once = withReport(PERFORMANCE, DOCUMENT, report);
  expect(once).toContain('By hand.');
  expect(once).toContain('By hand, too.');
  expect(once).not.toContain('what was there before');
  expect(withReport(PERFORMANCE, once, report)).toBe(once);
});

test('each figure stands in one document, which has room for it, and what isn’t measured in none', () => {
  for (const id of Object.keys(FIGURES))
    expect([id, DOCUMENTS.filter(({ has }) => has(id)).length]).toStrictEqual([id, 1]);
  for (const document of DOCUMENTS) {
    const path = new URL(`../../docs/${document.file}`, import.meta.url);
    expect(withReport(document, readFileSync(path, 'utf8'), 'figures')).toContain(
      'figures\n<!-- end of figures',
    );
  }
  expect(reportOf(HISTORY, { 'collector-100-complete': { value: 100 } }, CIRCUMSTANCES)).toBeUndefined();
  const report = reportOf(HISTORY, { 'history-day': { value: 6 } }, CIRCUMSTANCES);
  expect(report?.trim().split('\n').at(-1)).toMatch(/^Missed: 1 of 1 aims: .* Not measured: 5 others\.$/);
});
