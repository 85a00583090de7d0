import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SessionRecord } from '@mediamtx-monitor/types';
import { type AnsweringServer, startAnsweringServer } from './answering-server.ts';

/** Who publishes or reads a stream, over SRT. */
export interface ScriptedVisitor {
  readonly id: string;
  readonly stream: string;
  readonly role: SessionRecord['role'];
  readonly created: string;
  /** For how long its stream had flowed when it came, in ms. */
  readonly fromMs: number;
}

/** A MediaMTX whose publishers and readers come and go as a test says. Constructed. */
export interface ScriptedMediamtx extends AnsweringServer {
  /** Lets a publisher or reader of a stream come, or go; returns its id. Readers go with their stream. */
  readonly toggle: (stream: string, role?: ScriptedVisitor['role']) => string;
  /** Those that are there. */
  readonly visitors: () => readonly ScriptedVisitor[];
  /** What one of them has brought or taken. */
  readonly bytesOf: (visitor: ScriptedVisitor) => number;
  /** Has a stream bring nothing any more. */
  readonly hold: (stream: string) => void;
  /** Has it go on. */
  readonly release: (stream: string) => void;
}

const BYTES_PER_MS = 250;

/** How long something has run, where it can be held. */
class MediaFlow {
  #ranMs = 0;
  #sinceMs: number | null = performance.now();

  get ms(): number {
    return this.#ranMs + (this.#sinceMs === null ? 0 : performance.now() - this.#sinceMs);
  }

  hold(): void {
    this.#ranMs = this.ms;
    this.#sinceMs = null;
  }

  release(): void {
    this.#ranMs = this.ms;
    this.#sinceMs = performance.now();
  }
}

/** @param onAsked told of each question, before it is answered */
export async function startScriptedMediamtx(
  onAsked: (request: IncomingMessage) => void = () => undefined,
): Promise<ScriptedMediamtx> {
  let visitors: readonly ScriptedVisitor[] = [];
  const flows = new Map<string, MediaFlow>();
  const flowOf = (stream: string): MediaFlow => {
    const flow = flows.get(stream) ?? new MediaFlow();
    flows.set(stream, flow);
    return flow;
  };
  const bytesOf = ({ stream, fromMs }: ScriptedVisitor): number =>
    Math.round((flowOf(stream).ms - fromMs) * BYTES_PER_MS) + 1;
  const find = (stream: string, role: ScriptedVisitor['role']): ScriptedVisitor | undefined =>
    visitors.find((one) => one.stream === stream && one.role === role);
  const lists: Readonly<Record<string, () => object[]>> = {
    '/v3/paths/list': () =>
      visitors
        .filter(({ role }) => role === 'publish')
        .map((publisher) => ({
          name: publisher.stream,
          confName: 'all_others',
          source: { type: 'srtConn', id: publisher.id },
          ready: true,
          readyTime: publisher.created,
          tracks: ['H264'],
          bytesReceived: bytesOf(publisher),
          bytesSent: 0,
          readers: [find(publisher.stream, 'read') ?? []].flat().map(({ id }) => ({ type: 'srtConn', id })),
        })),
    '/v3/srtconns/list': () =>
      visitors.map((visitor) => ({
        id: visitor.id,
        created: visitor.created,
        remoteAddr: '192.0.2.7:5000',
        state: visitor.role,
        path: visitor.stream,
        query: '',
        bytesReceived: visitor.role === 'publish' ? bytesOf(visitor) : 0,
        bytesSent: visitor.role === 'read' ? bytesOf(visitor) : 0,
        msRTT: 12,
      })),
  };
  const server = await startAnsweringServer((request, response) => {
    onAsked(request);
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
    toggle: (stream, role = 'publish') => {
      const leaver = find(stream, role);
      if (leaver !== undefined) {
        visitors = visitors.filter((one) => one.stream !== stream || (role === 'read' && one !== leaver));
        return leaver.id;
      }
      const flow = flowOf(stream);
      if (role === 'publish') flow.release();
      const visitor = { id: randomUUID(), stream, role, created: new Date().toISOString(), fromMs: flow.ms };
      visitors = [...visitors, visitor];
      return visitor.id;
    },
    visitors: () => visitors,
    bytesOf,
    hold: (stream) => {
      flowOf(stream).hold();
    },
    release: (stream) => {
      flowOf(stream).release();
    },
  };
}
