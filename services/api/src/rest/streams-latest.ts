import type { RequestHandler } from 'express';
import type { Feed } from '../feed/index.ts';
import { sendJson, sendJsonBytes } from './answer.ts';
import { etagOf } from './etag.ts';
import { joinArrays } from './join-arrays.ts';
import { setProvenance } from './provenance.ts';
import { queryOf, type RequestRules, ticksFor } from './requests.ts';

/** `GET /api/streams/latest`: the newest records as an array, as they stand in Redis. */
export function streamsLatest(feed: Feed, rules: RequestRules): RequestHandler {
  return async (request, response) => {
    const { server } = queryOf(rules, request.url, ['server']);
    const ticks = await ticksFor(feed, server);
    setProvenance(response, feed, ticks);
    if (!ticks.some((tick) => tick.hasData)) {
      sendJson(response, { error: 'no data' });
      return;
    }
    response.setHeader('ETag', etagOf(ticks));
    sendJsonBytes(response, joinArrays(ticks.map((tick) => tick.array)));
  };
}
