import { readFileSync } from 'node:fs';
import { addUp, NO_REPORT, summarise, type TestSummary, summaryLine } from './summary.ts';

/** usage: main.js <jest's JSON report>…; prints one line, and exits with 1 when a test failed. */
function summaryOf(path: string): TestSummary {
  try {
    return summarise(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return NO_REPORT;
  }
}

const [, , first = '', ...others] = process.argv;
const summary = addUp([first, ...others].map(summaryOf));
process.stdout.write(`${summaryLine(summary)}\n`);
process.exitCode = summary.failed === 0 ? 0 : 1;
