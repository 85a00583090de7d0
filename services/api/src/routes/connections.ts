import { connectionRecordSchema } from '@mediamtx-monitor/types/schemas';
import { only } from '../feed/index.ts';
import { answerTo, sendData } from '../http/data.ts';
import { dataAnswer, listBody, route } from '../http/route.ts';
import { fleetWithData, noData, ownerOf, ownersOf, recordsOf } from '../http/servers.ts';
import { streamOf } from '../tick/index.ts';

/**
 * Publishers and readers of one stream. Names may hold slashes, so what stands at the end of the path is one's own only
 * where the whole isn't a stream's name; an encoded slash never begins it.
 */
export const connections = route({
  path: '/api/streams/{name}/connections',
  method: 'get',
  isExact: true,
  parameters: ['server', 'label'],
  answers: dataAnswer(
    'Its connections',
    listBody(connectionRecordSchema, 'Number of connections of the stream'),
  ),
  problems: ['invalid-url', 'unknown-server', 'unknown-stream', 'server-required', 'no-data'],
  described: {
    id: 'listStreamConnections',
    tag: 'data',
    summary: 'Publishers and readers of one stream',
    description: 'Where a stream has the whole remainder of the path for its name, that stream is meant.',
  },
  handler: async ({ response, name, query, pass }, context) => {
    const { feed } = context;
    const fleet = await fleetWithData(feed, query);
    if (ownersOf(fleet, `${name}/connections`).length > 0) {
      pass();
      return;
    }
    const owner = ownerOf(feed, fleet, name).subject;
    await feed.servers.current('connections', only(owner));
    const own = feed.servers.all('connections').of(owner);
    if (!own.ticks.some((tick) => tick.hasData)) throw noData(feed, query);
    const content = await answerTo(context, response, own, `connections ${name}`, () => {
      const records = own.ticks.flatMap((tick) => recordsOf(tick));
      const items = records.filter((record) => streamOf('connections', record) === name);
      return Buffer.from(JSON.stringify({ items, total: items.length }));
    });
    await sendData(response, feed, { content, ticks: own.ticks });
  },
});
