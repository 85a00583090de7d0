import type { RequestListener } from 'node:http';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '@mediamtx-monitor/runtime';
import { answerRefusal } from '../http/answer-refusal.ts';
import { pageHint } from '../http/page-hint.ts';
import { pathOf } from '../http/path.ts';
import { RefusedError } from '../http/refusal.ts';

/** For a known path and a method it doesn't have. */
export function methodNotAllowed(allowed: string): RequestHandler {
  return (request) => {
    throw new RefusedError({
      code: 'method-not-allowed',
      detail: `${request.method} is not possible here; allowed: ${allowed}.`,
      headers: { Allow: allowed },
    });
  };
}

/** For paths that are compared as they stand. */
export function atPaths(listeners: ReadonlyMap<string, RequestListener>): RequestHandler {
  const others = methodNotAllowed('GET, HEAD');
  return (request, response, next) => {
    const listener = listeners.get(pathOf(request.url));
    if (listener === undefined) next();
    else if (request.method === 'GET' || request.method === 'HEAD') listener(request, response);
    else others(request, response, next);
  };
}

/** For any other path. @param files of the page */
export function notFound(paths: readonly string[], files: ReadonlyMap<string, unknown>): RequestHandler {
  return (request) => {
    const there = `There is: ${paths.join(', ')}; docs/protocol.md describes them.`;
    throw new RefusedError({
      code: 'not-found',
      detail: `Nothing has this path.${pageHint(request, files)} ${there}`,
    });
  };
}

/** Last of all: makes a problem document of whatever was thrown. Only unexpected failures are logged. */
export function answerError(logger: Logger): ErrorRequestHandler {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- Express knows error handlers by their 4 parameters.
  return (error: unknown, request, response, _next) => {
    if (error instanceof RefusedError && !response.headersSent) {
      answerRefusal(response, error.refusal);
      return;
    }
    // Of the URL only the path: a query may hold a ticket.
    logger.error(`${request.method} ${pathOf(request.url)} failed`, { error: String(error) });
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const detail = 'Something went wrong that should not have; the log of the API says what.';
    answerRefusal(response, { code: 'internal-error', detail });
  };
}
