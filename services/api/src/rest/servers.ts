import type { RequestHandler } from 'express';
import type { ServerStatus } from '@mediamtx-monitor/types';
import type { Feed, Tick } from '../feed/index.ts';
import { readQuery } from '../http/query.ts';
import { sendItems } from './answer.ts';

/** `GET /api/servers`: each server's state, without its streams; of those that are gone, too. */
export function servers(feed: Feed): RequestHandler {
  return async (request, response) => {
    readQuery(request.url, []);
    await feed.servers.current();
    const { ticks } = feed.servers.all();
    sendItems(
      response,
      ticks.flatMap((tick) => itemsOf(feed, tick)),
    );
  };
}

/** A server as it is listed; JSON leaves out what is undefined. */
type Item = ServerStatus & { readonly type: undefined; readonly v: undefined };

/** Of a bare array nothing is known, so it is no item. */
function itemsOf(feed: Feed, tick: Tick): Item[] {
  const age = feed.age(tick);
  if (tick.head === null || age === undefined) return [];
  const gone = feed.servers.isGone(tick.subject);
  const reasons = gone ? [] : feed.serverReasons(tick);
  return [{ ...tick.head, ...age, gone, reasons, type: undefined, v: undefined }];
}
