/** A column of a table. */
export interface CsvColumn<Row> {
  readonly name: string;
  readonly value: (row: Row) => string | number | null;
}

/** What has to stand in quotes (RFC 4180, 2), and what programs for tables may part cells at instead. */
const SPECIAL = /[",;\t\r\n]/;
/** Programs for tables take what begins so for a formula, blanks before it or not, and do what it says. */
const FORMULA = /^(?:[\s\0]*[=+\-@＝＋－＠]|[\t\r\n\0])/;
const CSV = /^text\/csv\s*(?:;|$)/;
const WEIGHT = /;\s*q=([\d.]+)/;

/** Names of the columns, as RFC 4180 has them in the first line. */
export function csvHead<Row>(columns: readonly CsvColumn<Row>[]): string {
  return lineOf(columns.map(({ name }) => name));
}

/** A line of a table as RFC 4180 has it. What isn't known is an empty cell. */
export function csvLine<Row>(columns: readonly CsvColumn<Row>[], row: Row): string {
  return lineOf(columns.map(({ value }) => cellOf(value(row))));
}

function lineOf(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}

/** Numbers are ours; text may be anyone's. */
function cellOf(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Whether a request's `Accept` names CSV, and nothing else that is to be had with a greater weight. */
export function wantsCsv(accept = ''): boolean {
  const ranges = accept
    .toLowerCase()
    .split(',')
    .map((range) => range.trim());
  const weightOf = (range: string | undefined): number =>
    range === undefined ? 0 : Number(WEIGHT.exec(range)?.[1] ?? 1);
  const csv = weightOf(ranges.find((range) => CSV.test(range)));
  return csv > 0 && csv >= weightOf(ranges.find((range) => range.startsWith('application/json')));
}
