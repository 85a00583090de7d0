import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Answers a request, which is the `count`th. */
export type Responder = (request: IncomingMessage, response: ServerResponse, count: number) => void;

/** An HTTP server of a test that answers each request as told. */
export interface AnsweringServer {
  readonly url: string;
  /** URLs asked so far, in order. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export async function startAnsweringServer(answer: Responder): Promise<AnsweringServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response, asked.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
