import type { RequestHandler } from 'express';
import type { Preview } from '@mediamtx-monitor/types';
import { readQuery } from '../http/query.ts';
import { sendItems } from './answer.ts';

/** `GET /api/previews`: where browsers can play streams. */
export function previews(items: readonly Preview[]): RequestHandler {
  return (request, response) => {
    readQuery(request.url, []);
    sendItems(response, items);
  };
}
