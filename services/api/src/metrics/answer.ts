import type { IncomingMessage, ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import type { Compressions, Content } from '../feed/index.ts';
import { wantsGzip } from '../http/negotiate.ts';
import { SAFE_HEADERS } from '../http/safe-headers.ts';

/** Answers GET and HEAD; what it throws or rejects with is for Express. */
export type MetricsListener = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/**
 * Answers with metrics in Prometheus' text format, in the encoding that the client prefers.
 * @param textFor a request; rejects with `RefusedError`
 */
export function answerMetrics(
  textFor: (url: string) => Promise<Content>,
  compressions: Compressions,
): MetricsListener {
  return async (request, response) => {
    const content = await textFor(request.url ?? '');
    const wanted = wantsGzip(request.headers['accept-encoding'], content.json.length);
    if (wanted) await content.gzip(compressions, () => !response.destroyed);
    const gzipped = wanted ? content.gzipped : undefined;
    const body = gzipped ?? content.json;
    response.writeHead(200, {
      'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE,
      ...(gzipped && { 'Content-Encoding': 'gzip' }),
      'Content-Length': body.length,
      'Cache-Control': 'no-store',
      ...SAFE_HEADERS,
    });
    response.end(body);
  };
}
