import { createServer } from 'node:http';
import type { RecordedPhase, RecordedVersion } from './recorded.ts';
import { recordedList } from './recorded.ts';

/** A server that answers `/v3/<list>/list` and `/v3/info` with recorded bodies. */
export interface ReplayServer {
  readonly url: string;
  /** Moves on to the bodies of another phase. */
  readonly setPhase: (phase: RecordedPhase) => void;
  /** Answers one list with this body instead; `undefined` takes that back. */
  readonly setBody: (list: string, body: string | undefined) => void;
  readonly close: () => Promise<void>;
}

const LIST_PATH = /^\/v3\/(?:(\w+)\/list|(info))$/;

/** Starts a replay server on a free port of 127.0.0.1. Unrecorded lists answer 404, as MediaMTX does. */
export async function startReplayServer(
  version: RecordedVersion,
  first: RecordedPhase = 't0',
): Promise<ReplayServer> {
  let phase = first;
  const bodies = new Map<string, string>();
  const server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const match = LIST_PATH.exec(path);
    const list = match?.[1] ?? match?.[2];
    const body = list === undefined ? undefined : (bodies.get(list) ?? recordedList(version, list, phase));
    if (body === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
    } else {
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no TCP address');
  return {
    url: `http://127.0.0.1:${address.port}`,
    setPhase: (next) => {
      phase = next;
    },
    setBody: (list, body) => {
      if (body === undefined) bodies.delete(list);
      else bodies.set(list, body);
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
