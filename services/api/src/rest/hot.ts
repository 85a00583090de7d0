import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '@mediamtx-monitor/runtime';
import type { Feed } from '../feed/index.ts';
import { HotResource } from './hot-resource.ts';
import { latestOf } from './latest.ts';
import { sendRepresentation } from './representation.ts';
import { hasBody } from './request-body.ts';
import { snapshotOf } from './snapshot.ts';

/** Answers a request if that takes nothing but writing ready bytes; tells whether it did. */
export type Hot = (request: IncomingMessage, response: ServerResponse) => boolean;

/** What is asked for most, in front of Express and with the same answers. */
export function createHot(feed: Feed, clock: Clock): Hot {
  const resources = new Map([
    ['/api/streams/latest', new HotResource(feed, clock, (fleet) => latestOf(feed, fleet))],
    ['/api/snapshot', new HotResource(feed, clock, snapshotOf)],
  ]);
  return (request, response) => {
    const resource = resources.get(request.url ?? '');
    if (resource === undefined || !isPlainRead(request)) return false;
    const representation = resource.ready(request.headers['accept-encoding']);
    if (representation === undefined) return false;
    sendRepresentation(request, response, representation);
    return true;
  };
}

function isPlainRead(request: IncomingMessage): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && !hasBody(request);
}
