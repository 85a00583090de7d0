import type { RequestHandler } from 'express';
import type { Content, Feed, Fleet } from '../feed/index.ts';
import { readQuery } from '../shared/query.ts';
import { sendData, sendJson } from './answer.ts';
import { joinArrays } from './join-arrays.ts';
import { freshnessOf, provenanceOf } from './provenance.ts';
import { fleetFor } from './servers-asked.ts';

/** The records of all these servers as one array; `undefined` while there are none. */
export function latestOf(fleet: Fleet): Content | undefined {
  const { ticks } = fleet;
  if (!ticks.some((tick) => tick.hasData)) return undefined;
  return fleet.whole(() => joinArrays(ticks.map((tick) => tick.array)));
}

/** `GET /api/streams/latest`: the newest records as an array, as they stand in Redis. */
export function latest(feed: Feed): RequestHandler {
  return async (request, response) => {
    const { server } = readQuery(request.url, ['server']);
    const fleet = await fleetFor(feed, server);
    const { ticks } = fleet;
    const content = latestOf(fleet);
    if (content === undefined) {
      sendJson(response, { error: 'no data' }, { headers: provenanceOf(ticks, freshnessOf(feed, ticks)) });
      return;
    }
    await sendData(feed, request, response, { content, ticks });
  };
}
