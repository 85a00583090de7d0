import type { ServerResponse } from 'node:http';
import { represent } from './answer.ts';
import { type CsvColumn, csvHead, csvLine, wantsCsv } from './csv.ts';
import type { RouteContext } from './route.ts';

/** How rows are put into text. */
export interface TextForm<Row> {
  readonly isCsv: boolean;
  readonly rowText: (row: Row) => string;
  /** The whole. @param members of the JSON beside its items, as `JSON.stringify` takes them */
  readonly whole: (rows: readonly string[], members: object) => Buffer;
}

/** The form in which rows are answered. @param isCsv whether only CSV is to be had */
export function formOf<Row>(
  response: ServerResponse,
  isCsv: boolean,
  columns: readonly CsvColumn<Row>[],
): TextForm<Row> {
  if (isCsv || wantsCsv(response.req.headers.accept)) {
    return {
      isCsv: true,
      rowText: (row) => csvLine(columns, row),
      whole: (rows) => Buffer.from([csvHead(columns), ...rows].join('')),
    };
  }
  return {
    isCsv: false,
    rowText: (row) => JSON.stringify(row),
    whole: itemsBody,
  };
}

/** JSON of items that are JSON already, with members beside them. */
export function itemsBody(items: readonly string[], members: object): Buffer {
  const rest = JSON.stringify(members).slice(1);
  return Buffer.from(`{"items":[${items.join()}]${rest === '}' ? rest : `,${rest}`}`);
}

/**
 * Answers with what was put into text.
 * @param headers names and values in turn
 */
export function sendText(
  response: ServerResponse,
  { isCsv }: Pick<TextForm<never>, 'isCsv'>,
  body: Buffer,
  { bodies }: Pick<RouteContext, 'bodies'>,
  headers: readonly string[] = [],
): Promise<void> {
  const type = isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8';
  return bodies.send(
    response,
    represent({ type, body, cacheControl: 'no-cache', headers, varies: 'Accept' }),
  );
}
