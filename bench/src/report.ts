/** The value in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

/** Prints a line. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Prints a row of a Markdown table. */
export function printRow(cells: readonly (string | number)[]): void {
  print(`| ${cells.join(' | ')} |`);
}
