import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SimulatorAnswer, Reply } from './reply.ts';

/** Sends a reply, late if it says so. */
export function send(response: ServerResponse, reply: Reply): void {
  if (reply === 'hang') return;
  if (reply === 'cut') {
    response.destroy();
    return;
  }
  if (reply.delayMs === undefined || reply.delayMs === 0) {
    write(response, reply);
    return;
  }
  const timer = setTimeout(() => {
    write(response, reply);
  }, reply.delayMs);
  response.once('close', () => {
    clearTimeout(timer);
  });
}

function write(response: ServerResponse, { status, contentType, body, headers }: SimulatorAnswer): void {
  response.statusCode = status;
  if (contentType !== undefined) response.setHeader('Content-Type', contentType);
  const all = { Server: 'mediamtx', 'X-Simulated': 'true', ...headers };
  for (const [name, value] of Object.entries(all)) response.setHeader(name, value);
  if (typeof body === 'string' || Buffer.isBuffer(body)) {
    response.end(body);
    return;
  }
  // A client that goes away before the end is no failure of ours.
  pipeline(Readable.from(body), response).catch(() => response.destroy());
}
