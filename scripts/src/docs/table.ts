/** A table in Markdown with empty lines around it, its columns as wide as their widest cell. @param rows the heading first */
export function table(rows: readonly (readonly string[])[]): string {
  const [head = []] = rows;
  const widths = head.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const lines = rows.map((row) => line(row.map((cell, column) => cell.padEnd(widths[column] ?? 0))));
  return `\n${lines[0] ?? ''}${line(widths.map((width) => '-'.repeat(width)))}${lines.slice(1).join('')}\n`;
}
