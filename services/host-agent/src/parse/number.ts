/** A whole number from 0 on; `null` for anything else. */
export function parseCount(word: string | undefined): number | null {
  return word !== undefined && /^\d+$/.test(word) ? Number(word) : null;
}

/** A decimal number from 0 on; `null` for anything else. */
export function parseDecimal(word: string | undefined): number | null {
  return word !== undefined && /^\d+(\.\d+)?$/.test(word) ? Number(word) : null;
}

/** The words of a line, whatever white space is between and around them. */
export function words(line: string): string[] {
  return line.split(/\s+/).filter((word) => word !== '');
}
