import type { RequestHandler } from 'express';
import type { Feed } from '../feed/index.ts';
import { readQuery } from '../http/query.ts';
import { answerTo, type Charge, sendData } from './answer.ts';
import { type ListQuery, listRecords, recordsOf } from './record-list.ts';
import { fleetWithData } from '../http/servers-asked.ts';
import { silentOf } from './silent.ts';

const BY_NAME = { key: 'name', descending: false } as const;

/** `GET /api/streams`: the streams that match, in the order asked for. */
export function streams(feed: Feed, charge: Charge): RequestHandler {
  return async (request, response) => {
    const asked = readQuery(request.url, ['state', 'health', 'server', 'search', 'sort', 'limit']);
    const fleet = await fleetWithData(feed, asked.server);
    const query: ListQuery = { ...asked, sort: asked.sort ?? BY_NAME };
    const silent = silentOf(feed, fleet);
    const question = `streams ${canonical(query)} ${[...silent].join(' ')}`;
    const content = await answerTo({ feed, charge, request }, fleet, question, () => {
      const records = fleet.ticks.flatMap((tick) => recordsOf(tick, silent.has(tick.subject)));
      return Buffer.from(JSON.stringify(listRecords(records, query)));
    });
    await sendData(feed, request, response, { content, ticks: fleet.ticks });
  };
}

/** The same words for queries that mean the same. */
function canonical({ state, health, search, sort, limit }: ListQuery): string {
  const { key, descending } = sort;
  return JSON.stringify([
    state?.toSorted(),
    health?.toSorted(),
    search?.toLowerCase(),
    key,
    descending,
    limit,
  ]);
}
