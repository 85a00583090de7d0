import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { atEnd } from './at-end.ts';

/** What a request is answered with. */
export interface ShortAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** How a test server behaves; may be changed while it runs. */
export interface Behaviour {
  /** Never answers a `POST` while it is `undefined`. */
  tickets: (() => ShortAnswer) | undefined;
  /** What a plain `GET` of the socket's path answers. */
  why: () => ShortAnswer;
  /** `accept` a socket, `refuse` it with a 401, or `hold` it without an answer. */
  sockets: 'accept' | 'refuse' | 'hold';
  /** Is called with each socket that opened. */
  greet: (socket: WebSocket) => void;
  /** What a request for events answers instead of them; never answered while it is `hold`. */
  events: (() => ShortAnswer) | 'accept' | 'hold';
  /** Topic that it doesn't know, as an earlier release: who asks for it is refused. */
  unknownTopic: string | null;
  /** Is called with each event stream that began. */
  greetEvents: (stream: ServerResponse) => void;
}

/** A real HTTP and WebSocket server that speaks the API's protocol as a test wants it to. */
export interface TestServer {
  readonly url: string;
  readonly behaviour: Behaviour;
  /** `Authorization` of each request for a ticket. */
  readonly authorizations: (string | undefined)[];
  /** Number of plain requests for the socket's path. */
  readonly asked: () => number;
  /** Path and query of each request for events, and its `Authorization`. */
  readonly eventRequests: { readonly url: string; readonly authorization: string | undefined }[];
  /** Event streams that are open. */
  readonly streams: ReadonlySet<ServerResponse>;
  /** Path and query of each handshake. */
  readonly handshakes: string[];
  /** Subprotocols that were offered, of each handshake. */
  readonly offered: (string | undefined)[];
  /** Every text the clients sent. */
  readonly received: string[];
  /** Sockets that are open. */
  readonly sockets: ReadonlySet<WebSocket>;
  /** Number of handshakes, sockets and requests that have not ended. */
  readonly busy: () => number;
  /** Accepts the sockets that are held. */
  readonly acceptHeld: () => void;
  /** Sends something to all sockets and event streams: text as it is, anything else as JSON. */
  readonly send: (...messages: unknown[]) => void;
  readonly closeAll: (code: number, reason?: string) => void;
  readonly stop: () => Promise<void>;
}

const UNKNOWN_TOPIC: ShortAnswer = {
  status: 400,
  body: { detail: 'topics has one that is unknown.', code: 'invalid-parameter' },
};

/** @param port to come back at; any by default */
export async function startServer(behaviour: Partial<Behaviour> = {}, port = 0): Promise<TestServer> {
  const does: Behaviour = {
    tickets: () => ({ status: 409, body: { code: 'tickets-off' } }),
    sockets: 'accept',
    greet: () => undefined,
    why: () => ({ status: 426 }),
    events: () => ({ status: 404 }),
    unknownTopic: null,
    greetEvents: () => undefined,
    ...behaviour,
  };
  const authorizations: (string | undefined)[] = [];
  const handshakes: string[] = [];
  const offered: (string | undefined)[] = [];
  const received: string[] = [];
  const eventRequests: { readonly url: string; readonly authorization: string | undefined }[] = [];
  const streams = new Set<ServerResponse>();
  let asked = 0;
  const upgraded = new Set<Duplex>();
  const requests = new Set<ServerResponse>();
  const held: (() => void)[] = [];
  const webSockets = new WebSocketServer({ noServer: true });

  const answer = (response: ServerResponse, { status, headers, body }: ShortAnswer): void => {
    response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
  };
  const isUnknown = (url: string): boolean =>
    does.unknownTopic !== null &&
    (new URL(url, 'http://host').searchParams.get('topics') ?? '').split(',').includes(does.unknownTopic);
  const follow = (response: ServerResponse, url: string): void => {
    if (isUnknown(url)) {
      answer(response, UNKNOWN_TOPIC);
      return;
    }
    if (does.events === 'hold') return;
    if (does.events !== 'accept') {
      answer(response, does.events());
      return;
    }
    streams.add(response.on('close', () => streams.delete(response)));
    response.writeHead(200, { 'Content-Type': 'text/event-stream' }).write('retry: 2000\n\n');
    does.greetEvents(response);
  };
  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    const { method, url = '', headers } = request;
    requests.add(response.on('close', () => requests.delete(response)));
    if (method === 'POST' && url === '/api/tickets') {
      authorizations.push(headers.authorization);
      if (does.tickets !== undefined) answer(response, does.tickets());
    } else if (method === 'GET' && url === '/ws') {
      asked += 1;
      answer(response, does.why());
    } else if (method === 'GET' && url.startsWith('/api/live')) {
      eventRequests.push({ url, authorization: headers.authorization });
      follow(response, url);
    } else response.writeHead(404).end();
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, first: Buffer) => {
    handshakes.push(request.url ?? '');
    offered.push(request.headers['sec-websocket-protocol']);
    upgraded.add(socket.on('close', () => upgraded.delete(socket)));
    socket.on('error', () => undefined).on('end', () => socket.end());
    if (isUnknown(request.url ?? '')) {
      socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n');
      return;
    }
    if (does.sockets === 'refuse') socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
    const accept = (): void => {
      webSockets.handleUpgrade(request, socket, first, (webSocket) => {
        webSocket.on('message', (data: Buffer) => received.push(data.toString()));
        does.greet(webSocket);
      });
    };
    if (does.sockets === 'accept') accept();
    if (does.sockets !== 'hold') return;
    held.push(accept);
    // Else the end of the connection would pass unseen.
    socket.resume();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');

  async function stop(): Promise<void> {
    if (!server.listening) return;
    for (const socket of upgraded) socket.destroy();
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }
  atEnd(stop);

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    behaviour: does,
    authorizations,
    asked: () => asked,
    eventRequests,
    streams,
    handshakes,
    offered,
    received,
    sockets: webSockets.clients,
    acceptHeld: () => {
      for (const accept of held.splice(0)) accept();
    },
    busy: () => upgraded.size + requests.size,
    send: (...messages) => {
      for (const message of messages) {
        const text = typeof message === 'string' ? message : JSON.stringify(message);
        for (const socket of webSockets.clients) socket.send(text);
        for (const stream of streams) stream.write(`event: any\ndata: ${text}\n\n`);
      }
    },
    closeAll: (code, reason) => {
      for (const socket of webSockets.clients) socket.close(code, reason);
    },
    stop,
  };
}
