import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Content, Feed, Fleet, Tick } from '../feed/index.ts';
import { LAST_HEADERS, writeHead } from './head.ts';
import { wantsGzip } from '../http/negotiate.ts';
import { freshnessOf, provenanceOf } from './provenance.ts';
import { represent, sendRepresentation } from './representation.ts';

/** What is answered, and the ticks it was made of. */
export interface Data {
  readonly content: Content;
  readonly ticks: readonly Tick[];
}

/** Answers with data in the encoding that the client prefers. */
export async function sendData(
  feed: Feed,
  request: IncomingMessage,
  response: ServerResponse,
  { content, ticks }: Data,
): Promise<void> {
  const isGzipped = wantsGzip(request.headers['accept-encoding'], content.json.length);
  if (isGzipped) await content.gzip(feed.compressions, () => !response.destroyed);
  const provenance = provenanceOf(ticks, freshnessOf(feed, ticks));
  sendRepresentation(
    request,
    response,
    represent(content, isGzipped ? content.gzipped : undefined, provenance),
  );
}

/** Told how long an answer took to make, in ms, for whom. */
export type Charge = (request: IncomingMessage, workMs: number) => void;

/** Has an answer made for a question, at the cost of who asks. */
export async function answerTo(
  {
    feed,
    charge,
    request,
  }: { readonly feed: Feed; readonly charge: Charge; readonly request: IncomingMessage },
  fleet: Fleet,
  question: string,
  make: () => Buffer,
): Promise<Content> {
  const { content, workMs } = await feed.answers.content(fleet, question, make);
  charge(request, workMs);
  return content;
}

/** Answers with a list that is another each time. */
export function sendItems(response: ServerResponse, items: readonly unknown[]): void {
  sendJson(response, { items, total: items.length });
}

interface JsonOptions {
  readonly status?: number;
  readonly cacheControl?: string;
  /** More headers, names and values in turn. */
  readonly headers?: readonly string[];
}

/** Answers with a value that is another each time. */
export function sendJson(
  response: ServerResponse,
  value: unknown,
  { status = 200, cacheControl = 'no-cache', headers = [] }: JsonOptions = {},
): void {
  const body = Buffer.from(JSON.stringify(value));
  writeHead(response, status, [
    ...['Content-Type', 'application/json; charset=utf-8', 'Content-Length', String(body.length)],
    ...['Cache-Control', cacheControl],
    ...headers,
    ...LAST_HEADERS,
  ]);
  response.end(body);
}
