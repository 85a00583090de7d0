import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import type { Ticket } from '@mediamtx-monitor/types';
import { readQuery } from '../http/query.ts';
import { sendJson } from './answer.ts';

/** `POST /api/tickets`: a ticket for whoever asks with a token. */
export function tickets(issueTicket: (request: IncomingMessage) => Ticket): RequestHandler {
  return (request, response) => {
    readQuery(request.url, []);
    sendJson(response, issueTicket(request), { status: 201, cacheControl: 'no-store' });
  };
}
