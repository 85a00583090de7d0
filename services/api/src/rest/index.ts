import type { RequestListener } from 'node:http';
import { answerRefusal } from '../http/answer-refusal.ts';
import { hasLongBody } from './request-body.ts';
import { createRoutes, type RestOptions } from './routes.ts';
import { originForm } from './target.ts';

export type { Readiness } from './health.ts';
export { createHot, type Hot } from './hot.ts';
export type { RestOptions } from './routes.ts';

/** The HTTP side of the API; whoever may not ask is to be turned away before. */
export function createRest(options: RestOptions): RequestListener {
  const routes = createRoutes(options);
  return (request, response) => {
    if (hasLongBody(request)) response.shouldKeepAlive = false;
    const url = originForm(request.url ?? '');
    if (url === null) {
      const detail = 'The URL has no path, or one that is not properly percent-encoded.';
      answerRefusal(response, { code: 'invalid-url', detail });
      return;
    }
    request.url = url;
    routes(request, response);
  };
}
