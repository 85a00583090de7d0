import { streamRecordSchema } from '@mediamtx-monitor/types/schemas';
import { answerTo, sendData } from '../http/data.ts';
import { dataAnswer, route } from '../http/route.ts';
import { fleetWithData, ownerOf, recordsOf } from '../http/servers.ts';

/** One stream. Its name may hold slashes, encoded or not. */
export const stream = route({
  path: '/api/streams/{name}',
  method: 'get',
  isExact: true,
  parameters: ['server', 'label'],
  answers: dataAnswer('The stream', streamRecordSchema),
  problems: ['invalid-url', 'unknown-server', 'unknown-stream', 'server-required', 'no-data'],
  described: { id: 'getStream', tag: 'data', summary: 'One stream' },
  handler: async ({ response, name, query }, context) => {
    const { feed } = context;
    const fleet = await fleetWithData(feed, query);
    const own = fleet.of(ownerOf(feed, fleet, name).subject);
    const content = await answerTo(context, response, own, `stream ${name}`, () => {
      const records = own.ticks.flatMap((tick) => recordsOf(tick));
      return Buffer.from(JSON.stringify(records.find((record) => record['name'] === name)));
    });
    await sendData(response, feed, { content, ticks: own.ticks });
  },
});
