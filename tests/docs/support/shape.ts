/** Ends a line that the document shows shortened. */
const CUT = '…';
const HEADER = /^([A-Za-z][\w-]*): /;
const EVENT_DATA = /^data: (?=[[{])/;

/**
 * Whether a line of output is like the one a document shows: the same members in JSON, the same name of a header,
 * or else the same words with any numbers.
 */
export function isLike(shown: string, real: string): boolean {
  if (shown.endsWith(CUT))
    return withoutNumbers(real).startsWith(withoutNumbers(shown.slice(0, -CUT.length)));
  const [expected, found] = [shown, real].map((line) => parse(line.replace(EVENT_DATA, '')));
  if (expected !== undefined) return found !== undefined && hasShape(expected.value, found.value);
  const header = HEADER.exec(shown)?.[1];
  if (header !== undefined) return HEADER.exec(real)?.[1]?.toLowerCase() === header.toLowerCase();
  return withoutNumbers(shown) === withoutNumbers(real);
}

/** What is `null` in one of them says nothing of the other. */
function hasShape(shown: unknown, real: unknown): boolean {
  if (shown === null || real === null) return true;
  if (Array.isArray(shown)) {
    return Array.isArray(real) && (shown.length === 0 || real.length === 0 || hasShape(shown[0], real[0]));
  }
  if (typeof shown !== 'object' || typeof real !== 'object') return typeof shown === typeof real;
  const [expected, found] = [new Map(Object.entries(shown)), new Map(Object.entries(real))];
  return (
    !Array.isArray(real) &&
    expected.size === found.size &&
    [...expected].every(([name, value]) => found.has(name) && hasShape(value, found.get(name)))
  );
}

function parse(line: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(line) };
  } catch {
    return undefined;
  }
}

function withoutNumbers(line: string): string {
  return line.replaceAll(/\d+/g, '0');
}
