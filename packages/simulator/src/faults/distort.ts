import type { Body } from '../http/reply.ts';
import type { PageRange, PageRequest } from '../lists/paging.ts';
import type { Fault } from './fault.ts';

const ENDLESS_PAGES = 1_000_000;
const BLOCK_BYTES = 64 * 1024;

/** The page that is answered instead of the one asked for. */
export function distortRequest(asked: PageRequest, fault: Fault | null): PageRequest {
  return fault?.kind === 'endlessPaging' ? { ...asked, page: 0 } : asked;
}

/** A page as the fault leaves it. */
export function distortPage(page: PageRange, fault: Fault | null): PageRange {
  const size = page.end - page.start;
  if (fault?.kind === 'shortCount') return { ...page, end: page.start + Math.floor(size / 2) };
  if (fault?.kind !== 'endlessPaging') return page;
  return { ...page, itemCount: ENDLESS_PAGES * size, pageCount: ENDLESS_PAGES };
}

/** A JSON body as the fault leaves it. */
export function distortBody(body: Buffer, fault: Fault | null): Body {
  if (fault?.kind === 'emptyObject') return '{}';
  if (fault?.kind === 'truncated') return body.subarray(0, Math.floor(body.length / 2));
  if (fault?.kind === 'nulls') return withNulls(body);
  return fault?.kind === 'hugeBody' ? hugePage(firstRecord(body), fault.bytes) : body;
}

/** The body of a list or of a single record. */
type ParsedBody = Readonly<Record<string, unknown>> & { readonly items?: readonly object[] };

function withNulls(body: Buffer): string {
  const parsed = JSON.parse(body.toString()) as ParsedBody;
  return JSON.stringify(
    parsed.items === undefined ? nulled(parsed) : { ...parsed, items: parsed.items.map(nulled) },
  );
}

function nulled(record: object): object {
  return Object.fromEntries(Object.keys(record).map((name) => [name, null]));
}

function firstRecord(body: Buffer): string {
  const parsed = JSON.parse(body.toString()) as ParsedBody;
  return JSON.stringify(parsed.items === undefined ? parsed : (parsed.items[0] ?? {}));
}

/** A page of one record over and over, made while it is sent. */
function* hugePage(record: string, bytes: number): Generator<string> {
  const recordsPerBlock = Math.ceil(BLOCK_BYTES / record.length);
  const blocks = Math.ceil(bytes / (recordsPerBlock * record.length));
  const block = Array<string>(recordsPerBlock).fill(record).join(',');
  yield `{"itemCount":${blocks * recordsPerBlock},"pageCount":1,"items":[${block}`;
  for (let sent = 1; sent < blocks; sent += 1) yield `,${block}`;
  yield ']}';
}
