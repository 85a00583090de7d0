import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerPlainly, answerRefusal, RefusedError } from '../src/http/refusal.ts';
import { atEnd } from './bench.ts';

/** Serves on a free port until the end of the test; what the listener refuses is answered as REST does. */
export async function serve(listener: RequestListener): Promise<string> {
  const answer: RequestListener = (request, response) => {
    try {
      listener(request, response);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      answerRefusal(response, error.refusal);
    }
  };
  const server = createServer(answer);
  server.on('upgrade', (request, socket) => {
    answerPlainly(answer, request, socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
