import type { RequestHandler } from 'express';
import type { Feed } from '../feed/index.ts';
import { sendJsonBytes } from './answer.ts';
import { etagOf } from './etag.ts';
import { ProblemError } from './problem.ts';
import { setProvenance } from './provenance.ts';
import { queryOf, type RequestRules, serverList, ticksFor } from './requests.ts';

/** `GET /api/snapshot`: the newest message of one server, as it was published. */
export function snapshot(feed: Feed, rules: RequestRules): RequestHandler {
  return async (request, response) => {
    const { server } = queryOf(rules, request.url, ['server']);
    const [tick, ...others] = await ticksFor(feed, server);
    if (tick !== undefined && others.length > 0) {
      const servers = serverList([tick, ...others]);
      throw new ProblemError({
        code: 'server-required',
        detail: `There are several servers: ${servers}. Add ?server= with one of them.`,
      });
    }
    const envelope = tick?.envelope ?? null;
    if (tick === undefined || envelope === null) {
      throw new ProblemError({
        code: 'no-data',
        detail: 'No collector has published a snapshot yet. Check that one runs and uses the same Redis.',
      });
    }
    setProvenance(response, feed, [tick]);
    response.setHeader('ETag', etagOf([tick]));
    sendJsonBytes(response, envelope);
  };
}
