import type { RequestListener } from 'node:http';
import type { Logger } from '@mediamtx-monitor/runtime';
import { Registry } from 'prom-client';
import { answerRefusal } from '../shared/answer-refusal.ts';
import { readQuery } from '../shared/query.ts';
import { SAFE_HEADERS } from '../shared/safe-headers.ts';

/** Answers with metrics in Prometheus' text format, made for each request. */
export function answerMetrics(make: () => Promise<Buffer>, logger: Logger): RequestListener {
  return (request, response) => {
    readQuery(request.url ?? '', []);
    make().then(
      (text) => {
        response.writeHead(200, {
          'Content-Type': Registry.PROMETHEUS_CONTENT_TYPE,
          'Content-Length': text.length,
          'Cache-Control': 'no-store',
          ...SAFE_HEADERS,
        });
        response.end(text);
      },
      (error: unknown) => {
        logger.error('metrics could not be made', { error: String(error) });
        const detail = 'The metrics could not be made; the log of the API says why.';
        answerRefusal(response, { code: 'internal-error', detail });
      },
    );
  };
}
