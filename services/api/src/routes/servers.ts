import type { ServerStatus } from '@mediamtx-monitor/types';
import { serverStatusSchema } from '@mediamtx-monitor/types/schemas';
import type { Feed } from '../feed/index.ts';
import { sendItems } from '../http/answer.ts';
import { listAnswer, route } from '../http/route.ts';
import { chosenBy } from '../http/server-choice.ts';
import type { KnownHead } from '../tick/index.ts';

/** Each server's state, without its streams; of those that are gone, too. */
export const servers = route({
  path: '/api/servers',
  method: 'get',
  parameters: ['label'],
  answers: listAnswer('The servers', serverStatusSchema, 'Number of servers'),
  described: {
    id: 'listServers',
    tag: 'data',
    summary: 'MediaMTX servers and how they are',
    description:
      'One of which nothing was published for 24 hours is `gone`: no other answer has it, unless `server` names it.',
  },
  handler: async ({ response, query }, { feed }) => {
    const heads = await feed.servers.currentHeads();
    const isChosen = chosenBy(feed, query);
    sendItems(
      response,
      heads.flatMap((known) => (isChosen(known.subject) ? itemsOf(feed, known) : [])),
    );
  },
});

/** A server as it is listed; JSON leaves out what is undefined. */
type ServerItem = ServerStatus & { readonly type: undefined; readonly v: undefined };

/** Of a bare array nothing is known, so it is no item. */
function itemsOf(feed: Feed, known: KnownHead): ServerItem[] {
  const { subject, head } = known;
  const age = feed.age(known);
  if (head === null || age === undefined) return [];
  const gone = feed.servers.isGone(subject);
  const reasons = gone ? [] : feed.serverReasons(known);
  return [{ ...head, ...age, gone, reasons, type: undefined, v: undefined }];
}
