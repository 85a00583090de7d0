import type { RequestListener } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { Logger } from '@mediamtx-monitor/runtime';
import type { Feed } from '../feed/index.ts';
import { checkRequest, methodNotAllowed, notFound, problemOf } from './handlers.ts';
import { healthz, type Readiness, readyz } from './health.ts';
import type { RequestRules } from './requests.ts';
import { servers } from './servers.ts';
import { snapshot } from './snapshot.ts';
import { streamsLatest } from './streams-latest.ts';

export type { Readiness } from './health.ts';
export { answerPlainly } from './plain-answer.ts';

export interface RestOptions {
  readonly feed: Feed;
  readonly logger: Logger;
  readonly rules: RequestRules;
  readonly readiness: () => Readiness;
  /** Paths served by others on the same port, for the list of what there is. */
  readonly otherPaths: readonly string[];
}

/** The HTTP side of the API. */
export function createRest({ feed, logger, rules, readiness, otherPaths }: RestOptions): RequestListener {
  const resources: Readonly<Record<string, RequestHandler>> = {
    '/api/streams/latest': streamsLatest(feed, rules),
    '/api/snapshot': snapshot(feed, rules),
    '/api/servers': servers(feed, rules),
    '/healthz': healthz,
    '/readyz': readyz(readiness),
  };
  const app = express();
  app.disable('x-powered-by');
  app.set('etag', false);
  app.set('case sensitive routing', true);
  app.use(checkRequest(rules));
  for (const [path, resource] of Object.entries(resources)) {
    app.route(path).get(resource).all(methodNotAllowed);
  }
  app.use(notFound([...Object.keys(resources), ...otherPaths]));
  app.use(problemOf(logger));
  return app;
}
