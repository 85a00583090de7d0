import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createDescriptions } from '../../src/describe/index.ts';
import { answerRefusal } from '../../src/shared/answer-refusal.ts';
import { RefusedError } from '../../src/shared/refusal.ts';
import { atEnd } from '../bench.ts';

/** Serves the descriptions alone, by their paths; resolves with the base address. */
export async function serveDescriptions(): Promise<string> {
  const resources = Object.entries(createDescriptions({ version: '1.2.3' }));
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?', 1);
    const found =
      resources.find(([own]) => own === path) ??
      resources.find(([own]) => own.endsWith('/') && path.startsWith(own));
    try {
      if (found === undefined) throw new RefusedError({ code: 'not-found', detail: path });
      found[1](request, response);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      answerRefusal(response, error.refusal);
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
