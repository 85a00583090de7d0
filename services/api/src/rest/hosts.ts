import type { RequestHandler } from 'express';
import type { HostsHead } from '@mediamtx-monitor/types';
import type { Feed, RecordFields, Tick } from '../feed/index.ts';
import { readQuery } from '../http/query.ts';
import { sendItems } from './answer.ts';

/** `GET /api/hosts`: the newest record of each host, and how old it is. */
export function hosts(feed: Feed): RequestHandler {
  return async (request, response) => {
    readQuery(request.url, []);
    const { ticks } = await feed.hosts.current();
    sendItems(
      response,
      ticks.flatMap((tick) => itemsOf(feed, tick)),
    );
  };
}

/** `HostStatus`, as far as the agent kept to the contract: a message has one record. JSON leaves out what is undefined. */
function itemsOf(feed: Feed, tick: Tick<HostsHead>): RecordFields[] {
  const head = { ...tick.head, type: undefined, v: undefined };
  return tick.records.slice(0, 1).map((record) => ({ ...record, ...head, ...feed.age(tick) }));
}
