import { InvalidAnswerError } from './failures.ts';

/** One page of a MediaMTX list. */
export interface ListPage {
  readonly itemCount: number;
  readonly pageCount: number;
  readonly items: readonly unknown[];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/**
 * Reads a list's body: `{"itemCount":…,"pageCount":…,"items":[…]}` (MediaMTX 1.2.0 and later).
 * @throws {InvalidAnswerError} when it is anything else
 */
export function parseListPage(body: string): ListPage {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new InvalidAnswerError(`not JSON, ${body.length} characters`);
  }
  if (typeof value !== 'object' || value === null) throw new InvalidAnswerError('not a JSON object');
  const { itemCount, pageCount, items } = value as Readonly<Record<string, unknown>>;
  if (!Array.isArray(items)) throw new InvalidAnswerError('it has no items');
  if (!isCount(itemCount) || !isCount(pageCount))
    throw new InvalidAnswerError('it has no item and page count');
  return { itemCount, pageCount, items };
}
