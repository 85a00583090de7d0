import { InvalidAnswerError } from './invalid-answer.ts';
import { asItIs, type ListBody } from './list-body.ts';

/** One page of a MediaMTX list. */
export interface ListPage {
  readonly itemCount: number;
  readonly pageCount: number;
  readonly items: readonly unknown[];
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;

/**
 * Reads a body that is one object.
 * @throws {InvalidAnswerError} when it is anything else
 */
export function parseObject(text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new InvalidAnswerError('not-json');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new InvalidAnswerError('not-object');
  return value as Readonly<Record<string, unknown>>;
}

/**
 * Reads the body of `/v3/info` (MediaMTX 1.15.2), which is one object, as a list of one item.
 * @throws {InvalidAnswerError} when it is anything else
 */
export function parseInfo({ head }: ListBody, read: (item: unknown) => unknown = asItIs): ListPage {
  return { itemCount: 1, pageCount: 1, items: [read(parseObject(head))] };
}

/**
 * Reads a list's body: `{"itemCount":…,"pageCount":…,"items":[…]}` (MediaMTX 1.2.0 and later).
 * @throws {InvalidAnswerError} when it is anything else
 */
export function parseListPage({ head, items }: ListBody): ListPage {
  const { itemCount, pageCount } = parseObject(head);
  if (items === null) throw new InvalidAnswerError('no-items');
  if (!isCount(itemCount) || !isCount(pageCount)) throw new InvalidAnswerError('no-counts');
  return { itemCount, pageCount, items };
}
