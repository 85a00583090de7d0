import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { represent, writeHead } from './answer.ts';
import { type CsvColumn, csvHead, csvLine, wantsCsv } from './csv.ts';

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
    whole: (rows, members) => {
      const rest = JSON.stringify(members).slice(1);
      return Buffer.from(`{"items":[${rows.join()}]${rest === '}' ? rest : `,${rest}`}`);
    },
  };
}

/** So much of a body is written before its client has taken some of it, in bytes. */
const PIECE_BYTES = 65_536;

/**
 * Answers with what was put into text, piece by piece as the client takes it: a body may be that of many clients, and
 * counts once then.
 * @param headers names and values in turn
 */
export async function sendText(
  response: ServerResponse,
  { isCsv }: Pick<TextForm<never>, 'isCsv'>,
  body: Buffer,
  headers: readonly string[] = [],
): Promise<void> {
  const { status, head } = represent({
    type: isCsv ? 'text/csv; charset=utf-8; header=present' : 'application/json; charset=utf-8',
    body,
    cacheControl: 'no-cache',
    headers,
    varies: 'Accept',
  });
  writeHead(response, status, head);
  // Who leaves before the end doesn't get the rest.
  await pipeline(Readable.from(piecesOf(body)), response).catch(() => undefined);
}

function* piecesOf(body: Buffer): Generator<Buffer> {
  for (let at = 0; at < body.length; at += PIECE_BYTES) yield body.subarray(at, at + PIECE_BYTES);
}
