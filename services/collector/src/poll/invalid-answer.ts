import type { AnswerCause } from '@mediamtx-monitor/types';

/** In what way an answer isn't what MediaMTX sends; a page for browsers has a sentence of its own. */
export type AnswerFault = AnswerCause | 'web-page';

const TEXTS: Readonly<Record<AnswerFault, (found: string, limit: string) => string>> = {
  'web-page': () => 'it is a web page',
  'not-json': () => 'not JSON',
  'not-object': () => 'not a JSON object',
  'no-body': () => 'it has no body',
  'no-items': () => 'it has no items',
  'no-counts': () => 'it has no item and page count',
  'cut-short': () => 'its body ended before it was complete',
  compressed: (found) =>
    `it is compressed (${found === '' ? 'in several ways' : found}) though identity was asked for: is there a proxy ` +
    'that does so?',
  'body-too-long': (_found, limit) => `over ${limit} bytes`,
  'head-too-long': (_found, limit) => `over ${limit} bytes beside its items`,
  'record-too-long': (_found, limit) => `it has a record of over ${limit} bytes`,
  'too-deep': (_found, limit) => `it is over ${limit} levels deep`,
  'too-many-pages': (found) => `it has ${found} pages`,
  'too-few-items': (found, limit) => `${found} items where ${limit} were promised`,
};

/** What was found and what there may or should be, where the fault is one of amounts or names. */
interface Amounts {
  readonly found?: number | string;
  readonly limit?: number;
}

/** A list that is not what MediaMTX sends; the message says in what way. */
export class InvalidAnswerError extends Error {
  readonly code = 'invalid-answer';
  readonly fault: AnswerFault;
  /** As text; empty where the fault has none. */
  readonly found: string;
  readonly limit: string;

  constructor(fault: AnswerFault, { found = '', limit }: Amounts = {}) {
    const limitText = limit === undefined ? '' : String(limit);
    super(TEXTS[fault](String(found), limitText));
    this.fault = fault;
    this.found = String(found);
    this.limit = limitText;
  }
}
