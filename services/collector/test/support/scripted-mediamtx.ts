import { randomUUID } from 'node:crypto';
import { type AnsweringServer, startAnsweringServer } from './answering-server.ts';

interface ScriptedPublisher {
  readonly id: string;
  readonly created: string;
  readonly startedMs: number;
}

/** A MediaMTX whose publishers (SRT) come and go as a test says. Constructed. */
export interface ScriptedMediamtx extends AnsweringServer {
  /** Lets a stream go on air, or off; returns the id of the connection that opened or closed. */
  readonly toggle: (stream: string) => string;
  /** Ids of the connections that are open, by stream. */
  readonly open: () => ReadonlyMap<string, string>;
}

const BYTES_PER_MS = 250;

export async function startScriptedMediamtx(): Promise<ScriptedMediamtx> {
  const publishers = new Map<string, ScriptedPublisher>();
  const bytesOf = ({ startedMs }: ScriptedPublisher): number =>
    Math.round((performance.now() - startedMs) * BYTES_PER_MS) + 1;
  const lists: Readonly<Record<string, () => object[]>> = {
    '/v3/paths/list': () =>
      [...publishers].map(([name, publisher]) => ({
        name,
        confName: 'all_others',
        source: { type: 'srtConn', id: publisher.id },
        ready: true,
        readyTime: publisher.created,
        tracks: ['H264'],
        bytesReceived: bytesOf(publisher),
        bytesSent: 0,
        readers: [],
      })),
    '/v3/srtconns/list': () =>
      [...publishers].map(([path, publisher]) => ({
        id: publisher.id,
        created: publisher.created,
        remoteAddr: '192.0.2.7:5000',
        state: 'publish',
        path,
        query: '',
        bytesReceived: bytesOf(publisher),
        bytesSent: 0,
        msRTT: 12,
      })),
  };
  const server = await startAnsweringServer((request, response) => {
    const items = lists[new URL(request.url ?? '', 'http://127.0.0.1').pathname]?.();
    if (items === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('404 page not found');
      return;
    }
    const body = JSON.stringify({ itemCount: items.length, pageCount: Math.min(1, items.length), items });
    response.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(body);
  });
  return {
    ...server,
    toggle: (stream) => {
      const closing = publishers.get(stream);
      if (closing !== undefined) {
        publishers.delete(stream);
        return closing.id;
      }
      const opening = { id: randomUUID(), created: new Date().toISOString(), startedMs: performance.now() };
      publishers.set(stream, opening);
      return opening.id;
    },
    open: () => new Map(Array.from(publishers, ([stream, { id }]) => [stream, id])),
  };
}
