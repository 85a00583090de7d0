/** Texts in one, with commas in between, wherever they have commas themselves. */
export function listText(items: readonly string[]): string {
  return items.map((item) => item.replaceAll('%', '%25').replaceAll(',', '%2C')).join();
}

/** The texts that stand in one; empty ones are left out. */
export function parseListText(text: string | null): readonly string[] {
  const items = text?.split(',').filter((item) => item !== '') ?? [];
  return items.map((item) => item.replaceAll(/%2C/gi, ',').replaceAll('%25', '%'));
}
