import type { RequestHandler } from 'express';
import type { Content, Feed, Fleet, Tick } from '../feed/index.ts';
import { joinArrays } from '../tick/index.ts';
import { readQuery } from '../http/query.ts';
import { sendData, sendJson } from './answer.ts';

import { freshnessOf, provenanceOf } from './provenance.ts';
import { fleetFor } from '../http/servers-asked.ts';
import { silentOf } from './silent.ts';

/** The records of all these servers as one array; `undefined` while there are none. */
export function latestOf(feed: Feed, fleet: Fleet): Content | undefined {
  const { ticks } = fleet;
  if (!ticks.some((tick) => tick.hasData)) return undefined;
  const silent = silentOf(feed, fleet);
  return fleet.whole(silent.size === 0 ? '' : [...silent].join(' '), () => {
    const sound = ticks.length === 1 ? ticks : ticks.filter((tick) => isSound(feed, tick));
    return joinArrays(sound.map((tick) => (silent.has(tick.subject) ? tick.outdatedArray : tick.array)));
  });
}

/** An array that is none would break the answer for all. */
function isSound(feed: Feed, tick: Tick): boolean {
  if (!tick.isSound) feed.servers.leftOut(tick.subject, 'its array holds something else than records');
  return tick.isSound;
}

/** `GET /api/streams/latest`: the newest records as an array, as they stand in Redis. */
export function latest(feed: Feed): RequestHandler {
  return async (request, response) => {
    const { server } = readQuery(request.url, ['server']);
    const fleet = await fleetFor(feed, server);
    const { ticks } = fleet;
    const content = latestOf(feed, fleet);
    if (content === undefined) {
      sendJson(response, { error: 'no data' }, { headers: provenanceOf(ticks, freshnessOf(feed, ticks)) });
      return;
    }
    await sendData(feed, request, response, { content, ticks });
  };
}
