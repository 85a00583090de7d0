import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { atEnd } from './at-end.ts';

/** What `POST /api/tickets` answers. */
export interface TicketAnswer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** How a test server behaves; may be changed while it runs. */
export interface Behaviour {
  /** Never answers a `POST` while it is `undefined`. */
  tickets: (() => TicketAnswer) | undefined;
  /** `accept` a socket, `refuse` it with a 401, or `hold` it without an answer. */
  sockets: 'accept' | 'refuse' | 'hold';
  /** Is called with each socket that opened. */
  greet: (socket: WebSocket) => void;
}

/** A real HTTP and WebSocket server that speaks the API's protocol as a test wants it to. */
export interface TestServer {
  readonly url: string;
  readonly behaviour: Behaviour;
  /** `Authorization` of each request for a ticket. */
  readonly authorizations: (string | undefined)[];
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
  /** Sends something to all: text as it is, anything else as JSON. */
  readonly send: (...messages: unknown[]) => void;
  readonly closeAll: (code: number, reason?: string) => void;
  readonly stop: () => Promise<void>;
}

/** @param port to come back at; any by default */
export async function startServer(behaviour: Partial<Behaviour> = {}, port = 0): Promise<TestServer> {
  const does: Behaviour = {
    tickets: () => ({ status: 409, body: { code: 'tickets-off' } }),
    sockets: 'accept',
    greet: () => undefined,
    ...behaviour,
  };
  const authorizations: (string | undefined)[] = [];
  const handshakes: string[] = [];
  const offered: (string | undefined)[] = [];
  const received: string[] = [];
  const upgraded = new Set<Duplex>();
  const requests = new Set<ServerResponse>();
  const held: (() => void)[] = [];
  const webSockets = new WebSocketServer({ noServer: true });

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    authorizations.push(request.headers.authorization);
    requests.add(response.on('close', () => requests.delete(response)));
    if (request.method !== 'POST' || request.url !== '/api/tickets') response.writeHead(404).end();
    else if (does.tickets !== undefined) {
      const { status, headers, body } = does.tickets();
      response.writeHead(status, headers).end(body === undefined ? '' : JSON.stringify(body));
    }
  });
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, first: Buffer) => {
    handshakes.push(request.url ?? '');
    offered.push(request.headers['sec-websocket-protocol']);
    upgraded.add(socket.on('close', () => upgraded.delete(socket)));
    socket.on('error', () => undefined).on('end', () => socket.end());
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
      }
    },
    closeAll: (code, reason) => {
      for (const socket of webSockets.clients) socket.close(code, reason);
    },
    stop,
  };
}
