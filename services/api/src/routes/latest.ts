import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { sendJson } from '../http/answer.ts';
import { freshnessOf, provenanceOf, sendData } from '../http/data.ts';
import { dataAnswer, route } from '../http/route.ts';
import { fleetFor, silentOf } from '../http/servers.ts';
import type { Feed } from '../feed/index.ts';
import { type Content, type Fleet, joinArrays, type Tick } from '../tick/index.ts';

const BODY = Joi.alternatives()
  .try(
    Joi.array().items(streamRecordSchema).description('All streams, by server and name'),
    Joi.object({ error: Joi.string().valid('no data').required() }).description(
      'No path list was ever read; an empty array means that MediaMTX lists no path',
    ),
  )
  .description('The newest records of all servers, or of one');

/** The newest records as an array, as they stand in Redis. */
export const latest = route({
  path: '/api/streams/latest',
  method: 'get',
  parameters: ['server'],
  answers: dataAnswer('The records, or that there are none yet', BODY),
  problems: ['unknown-server'],
  described: {
    id: 'getLatestStreams',
    tag: 'data',
    summary: 'Newest records of all streams, as an array',
    description:
      'The bytes that the collector published, those of several servers joined. Among several, the streams of one ' +
      'that is silent for 3 intervals are of state `unknown`, and one that is gone is left out. An array that ' +
      'something else stored is passed on as it is, or among several left out where it is none. As long as nothing ' +
      'is known it is an object, without `ETag`.',
  },
  hot: joined,
  handler: async ({ response, query: { server } }, { feed }) => {
    const fleet = await fleetFor(feed, server);
    const { ticks } = fleet;
    const content = joined(feed, fleet);
    if (content !== undefined) await sendData(response, feed, { content, ticks });
    else sendJson(response, { error: 'no data' }, { headers: provenanceOf(ticks, freshnessOf(feed, ticks)) });
  },
});

/** The records of all these servers as one array; `undefined` while there are none. */
function joined(feed: Feed, fleet: Fleet): Content | undefined {
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
