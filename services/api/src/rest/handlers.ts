import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { Logger } from '@mediamtx-monitor/runtime';
import { sendProblem } from './answer.ts';
import { ProblemError } from './problem.ts';
import type { RequestRules } from './requests.ts';

const METHODS = 'GET, HEAD';

/** First of all: refuses pages of other origins, and paths that aren't properly encoded. */
export function checkRequest({ refuseOrigin }: RequestRules): RequestHandler {
  return (request, response, next) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    const refusal = refuseOrigin(request.headers);
    if (refusal !== undefined) throw new ProblemError(refusal);
    if (!isEncoded(request.path)) {
      throw new ProblemError({ code: 'invalid-url', detail: 'The path is not properly percent-encoded.' });
    }
    next();
  };
}

function isEncoded(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** For a known path and a method it doesn't have. */
export const methodNotAllowed: RequestHandler = (request, response) => {
  response.setHeader('Allow', METHODS);
  throw new ProblemError({
    code: 'method-not-allowed',
    detail: `${request.method} is not possible here; allowed: ${METHODS}.`,
  });
};

/** For any other path. */
export function notFound(paths: readonly string[]): RequestHandler {
  return () => {
    throw new ProblemError({
      code: 'not-found',
      detail: `Nothing has this path. There is: ${paths.join(', ')}; docs/protocol.md describes them.`,
    });
  };
}

/** Last of all: makes a problem document of whatever was thrown. Only unexpected failures are logged. */
export function problemOf(logger: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    if (error instanceof ProblemError) {
      sendProblem(response, error.problem);
      return;
    }
    logger.error(`${request.method} ${request.path} failed`, { error: String(error) });
    const detail = 'Something went wrong that should not have; the log of the API says what.';
    sendProblem(response, new ProblemError({ code: 'internal-error', detail }).problem);
  };
}
