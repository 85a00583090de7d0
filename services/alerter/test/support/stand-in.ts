import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { closeServer, listen } from '@mediamtx-monitor/runtime';

/** A request that a stand-in has got. */
export interface GotRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Stands in for a service on the network: it keeps what it gets. */
export interface StandIn {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly host: string;
  readonly requests: readonly GotRequest[];
  readonly close: () => Promise<void>;
}

/** Starts one; `answer` is asked when a request is there as a whole, and answers with 200 where it isn't given. */
export async function startStandIn(
  answer: (response: ServerResponse, request: GotRequest) => void = (response) => {
    response.end('ok');
  },
): Promise<StandIn> {
  const requests: GotRequest[] = [];
  const listener: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
    });
    request.on('end', () => {
      const got = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      };
      requests.push(got);
      answer(response, got);
    });
  };
  const server = createServer(listener);
  const host = `127.0.0.1:${await listen(server, '127.0.0.1', 0, 'nothing')}`;
  return {
    url: `http://${host}`,
    host,
    requests,
    close: async () => {
      await closeServer(server, 0);
    },
  };
}
