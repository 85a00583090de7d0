import { expect, test } from '@jest/globals';
import { reportOf, withReport } from '../src/report.ts';

const CIRCUMSTANCES = {
  at: '2026-11-29T04:35Z',
  minutes: 24,
  machine: ['2 cores of a processor', 'Linux 6'],
};
const DOCUMENT = `# What it costs

By hand.

<!-- figures, made by \`make bench\` -->
what was there before
<!-- end of figures -->

## What misses its aim

By hand, too.
`;

test('a report has its circumstances, the table, and in its last line what is missed', () => {
  const report = reportOf({ 'collector-100-memory': { value: 97, beside: 79 } }, CIRCUMSTANCES);
  const lines = report.trim().split('\n');
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
  const report = reportOf({}, CIRCUMSTANCES);
  const once = withReport(DOCUMENT, report);
  expect(once).toContain('By hand.');
  expect(once).toContain('By hand, too.');
  expect(once).not.toContain('what was there before');
  expect(withReport(once, report)).toBe(once);
});
