import type { RequestListener } from 'node:http';
import { type Document, sendDocument } from '../http/document.ts';
import { readQuery } from '../http/query.ts';

/**
 * Answers with a document; 304 where the client has it already.
 * @param make called once, when it is first asked for
 */
export function serve(make: () => Document): RequestListener {
  let document: Document | undefined;
  return (request, response) => {
    readQuery(request.url ?? '', []);
    document ??= make();
    sendDocument(request, response, document);
  };
}
