import type { IncomingMessage, RequestListener } from 'node:http';
import type { Logger } from '@mediamtx-monitor/runtime';
import express, { type ErrorRequestHandler, type RequestHandler } from 'express';
import { answerRefusal, RefusedError } from './refusal.ts';
import { pageHint } from './page.ts';
import { readQuery } from './query.ts';
import type { Route, RouteContext } from './route.ts';
import { originForm, pathOf } from './url.ts';

export interface RouterOptions {
  readonly routes: readonly Route[];
  /** What their handlers work with. */
  readonly context: RouteContext;
  /** What answers GET and HEAD where no route has the path, by path. */
  readonly files: ReadonlyMap<string, RequestListener>;
  readonly logger: Logger;
}

/** Answers every request by the routes; whoever may not ask is to be turned away before. */
export function createRouter({ routes, context, files, logger }: RouterOptions): RequestListener {
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  for (const route of routes) {
    const { method } = route;
    app
      .route(patternOf(route))
      [method](handlerOf(route, context))
      .all(methodNotAllowed(method === 'get' ? 'GET, HEAD' : method.toUpperCase()));
  }
  app.use(atPaths(files));
  app.use(notFound(routes, files));
  app.use(answerError(logger));
  return (request, response) => {
    if (hasLongBody(request)) response.shouldKeepAlive = false;
    const url = originForm(request.url ?? '');
    if (url === null) {
      const detail = 'The URL has no path, or one that is not properly percent-encoded.';
      answerRefusal(response, { code: 'invalid-url', detail });
      return;
    }
    request.url = url;
    app(request, response);
  };
}

/** A route's path as Express writes it. */
function patternOf({ path, isExact = false }: Route): string {
  const pattern = path
    .replace('{name}', '{*name}')
    .replace(/\{(?:id|target|page)\}/, ':name')
    .replace('{item}', ':item');
  if (path.endsWith('/')) return `${pattern}{*name}`;
  return isExact ? pattern : `${pattern}{/}`;
}

function handlerOf({ parameters, handler }: Route, context: RouteContext): RequestHandler {
  return (request, response, next) => {
    const query = parameters === 'any' ? {} : readQuery(request.url, parameters);
    // A name's slashes are those of the path: Express decodes what stands between them.
    const { name = '', item = '' } = request.params;
    const pass = (): void => {
      next('route');
    };
    const asked = { request, response, query, name: joined(name), item: joined(item), pass };
    return handler(asked, context);
  };
}

const joined = (parts: string | readonly string[]): string =>
  typeof parts === 'string' ? parts : parts.join('/');

/** For a known path and a method it doesn't have. */
function methodNotAllowed(allowed: string): RequestHandler {
  return (request) => {
    throw new RefusedError({
      code: 'method-not-allowed',
      detail: `${request.method} is not possible here; allowed: ${allowed}.`,
      headers: { Allow: allowed },
    });
  };
}

/** For paths that are compared as they stand. */
function atPaths(listeners: ReadonlyMap<string, RequestListener>): RequestHandler {
  const others = methodNotAllowed('GET, HEAD');
  return (request, response, next) => {
    const listener = listeners.get(pathOf(request.url));
    if (listener === undefined) next();
    else if (request.method === 'GET' || request.method === 'HEAD') listener(request, response);
    else others(request, response, next);
  };
}

/** For any other path. @param files of the page */
function notFound(routes: readonly Route[], files: ReadonlyMap<string, unknown>): RequestHandler {
  const paths = routes.map(({ path }) => path).join(', ');
  return (request) => {
    const there = `There is: ${paths}; docs/protocol.md describes them.`;
    throw new RefusedError({
      code: 'not-found',
      detail: `Nothing has this path.${pageHint(request, files)} ${there}`,
    });
  };
}

/** Last of all: makes a problem document of whatever was thrown. Only unexpected failures are logged. */
function answerError(logger: Logger): ErrorRequestHandler {
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

/** Node reads what is left of a request and drops it, so that the connection can be used again: up to this long. */
const MAX_DROPPED_BYTES = 65_536;

/** Whether a body comes that is too long to be dropped, or nobody knows how long it is. */
function hasLongBody({ headers }: IncomingMessage): boolean {
  return (
    headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > MAX_DROPPED_BYTES
  );
}
