import type { HostsHead } from '@mediamtx-monitor/types';
import { hostStatusSchema } from '@mediamtx-monitor/types/schemas';
import type { Feed } from '../feed/index.ts';
import { sendItems } from '../http/answer.ts';
import { listAnswer, route } from '../http/route.ts';
import type { RecordFields, Tick } from '../tick/index.ts';

/** The newest record of each host, and how old it is. */
export const hosts = route({
  path: '/api/hosts',
  method: 'get',
  parameters: [],
  answers: listAnswer('The hosts, by id', hostStatusSchema, 'Number of hosts'),
  described: {
    id: 'listHosts',
    tag: 'data',
    summary: 'Machines on which an agent runs, and how they are',
    description:
      'A host that fell silent stays for 24 hours, stale, with what was known last; then it is gone.',
  },
  handler: async ({ response }, { feed }) => {
    const { ticks } = await feed.hosts.current();
    sendItems(
      response,
      ticks.flatMap((tick) => itemsOf(feed, tick)),
    );
  },
});

/** `HostStatus`, as far as the agent kept to the contract: a message has one record. JSON leaves out what is undefined. */
function itemsOf(feed: Feed, tick: Tick<HostsHead>): RecordFields[] {
  const head = { ...tick.head, type: undefined, v: undefined };
  return tick.records.slice(0, 1).map((record) => ({ ...record, ...head, ...feed.age(tick) }));
}
