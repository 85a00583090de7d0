import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { Logger } from '@mediamtx-monitor/runtime';
import type { Preview, Ticket } from '@mediamtx-monitor/types';
import type { Feed } from '../feed/index.ts';
import type { Charge } from './answer.ts';
import { answerError, atPaths, methodNotAllowed, notFound } from './handlers.ts';
import { healthz, type Readiness, readyz } from './health.ts';
import { hosts } from './hosts.ts';
import { latest } from './latest.ts';
import { previews } from './previews.ts';
import { servers } from './servers.ts';
import { snapshot } from './snapshot.ts';
import { STREAM_PATH, stream } from './stream.ts';
import { streams } from './streams.ts';
import { tickets } from './tickets.ts';

export interface RestOptions {
  readonly feed: Feed;
  readonly logger: Logger;
  readonly readiness: () => Readiness;
  readonly previews: readonly Preview[];
  /** Told how long an answer took to make. */
  readonly charge: Charge;
  /** Makes a ticket for whoever asks. */
  readonly issueTicket: (request: IncomingMessage) => Ticket;
  /** What others answer GET and HEAD with, by path; with a slash at its end, everything below it too. */
  readonly resources: Readonly<
    Record<string, (request: IncomingMessage, response: ServerResponse) => void | Promise<void>>
  >;
  /** What answers GET and HEAD where nothing else has the path, by path. */
  readonly files: ReadonlyMap<string, RequestListener>;
}

const TICKETS = '/api/tickets';

/** Which path is answered by whom. */
export function createRoutes(options: RestOptions): RequestListener {
  const { feed, logger, readiness, charge, issueTicket, resources, files } = options;
  const own = {
    '/api/streams/latest': latest(feed),
    '/api/snapshot': snapshot(feed, charge),
    '/api/streams': streams(feed, charge),
    '/api/servers': servers(feed),
    '/api/hosts': hosts(feed),
    '/api/previews': previews(options.previews),
    '/healthz': healthz,
    '/readyz': readyz(readiness),
  } satisfies Readonly<Record<string, RequestHandler>>;
  const app = express();
  app.disable('x-powered-by');
  app.enable('case sensitive routing');
  app.enable('strict routing');
  const get = (pattern: string, handler: RequestHandler): void => {
    app.route(pattern).get(handler).all(methodNotAllowed('GET, HEAD'));
  };
  for (const [path, handler] of Object.entries(own)) get(`${path}{/}`, handler);
  app.route(`${TICKETS}{/}`).post(tickets(issueTicket)).all(methodNotAllowed('POST'));
  const others = Object.entries(resources);
  for (const [path, listener] of others.filter(([path]) => !path.endsWith('/'))) get(path, listener);
  for (const [path, listener] of others.filter(([path]) => path.endsWith('/'))) {
    get(`${path}{*below}`, listener);
  }
  get(`${STREAM_PATH}*name`, stream(feed, charge));
  app.use(atPaths(files));
  const templates = [`${STREAM_PATH}{name}`, `${STREAM_PATH}{name}/connections`, TICKETS];
  app.use(notFound([...Object.keys(own), ...templates, ...Object.keys(resources)], files));
  app.use(answerError(logger));
  return app;
}
