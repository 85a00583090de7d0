import type { ServerResponse } from 'node:http';
import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import Joi from 'joi';
import { sendJson } from '../http/answer.ts';
import { answerTo, freshnessOf, provenanceOf, sendData } from '../http/data.ts';
import { dataAnswer, route, type RouteContext } from '../http/route.ts';
import type { ServerChoice } from '../http/server-choice.ts';
import { fleetFor, hasData, isAnswerable, isUnread, silentOf } from '../http/servers.ts';
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
  parameters: ['server', 'label'],
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
  handler: async ({ response, query }, context) => {
    const { feed } = context;
    const fleet = await fleetFor(feed, query);
    const { ticks } = fleet;
    const content =
      query.label === undefined ? joined(feed, fleet) : await joinedOfSome(context, response, fleet, query);
    if (content !== undefined && !isUnread(feed, query)) await sendData(response, feed, { content, ticks });
    else sendJson(response, { error: 'no data' }, { headers: provenanceOf(ticks, freshnessOf(feed, ticks)) });
  },
});

/** The records of all these servers as one array; `undefined` while there are none. */
function joined(feed: Feed, fleet: Fleet): Content | undefined {
  if (!hasData(fleet)) return undefined;
  const silent = silentOf(feed, fleet);
  return fleet.whole([...silent].join(' '), () => joinedArrays(feed, fleet, silent));
}

/** As `joined`, of servers with certain labels: of none an empty array, as far as anything is known. */
async function joinedOfSome(
  context: Pick<RouteContext, 'feed' | 'askerOf'>,
  response: ServerResponse,
  fleet: Fleet,
  choice: ServerChoice,
): Promise<Content | undefined> {
  const { feed } = context;
  if (!isAnswerable(feed, fleet, choice)) return undefined;
  const silent = silentOf(feed, fleet);
  return answerTo(context, response, fleet, `latest ${[...silent].join(' ')}`, () =>
    joinedArrays(feed, fleet, silent),
  );
}

function joinedArrays(feed: Feed, { ticks }: Fleet, silent: ReadonlySet<string>): Buffer {
  const sound = ticks.length === 1 ? ticks : ticks.filter((tick) => isSound(feed, tick));
  return joinArrays(sound.map((tick) => (silent.has(tick.subject) ? tick.outdatedArray : tick.array)));
}

/** An array that is none would break the answer for all. */
function isSound(feed: Feed, tick: Tick): boolean {
  if (!tick.isSound) feed.servers.leftOut(tick.subject, 'its array holds something else than records');
  return tick.isSound;
}
