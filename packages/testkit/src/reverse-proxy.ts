import { once } from 'node:events';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** The habits of a proxy, as people have them in front of a service. */
export interface ReverseProxyOptions {
  /** Base address of what is behind it. */
  readonly target: string;
  /** `Host` that is passed on; the one that was asked for unless given. */
  readonly host?: string;
  /** Passes on no upgrades, as HTTP/1.0 and many a setting do. */
  readonly dropsUpgrades?: boolean;
  /** Serves below this path, as in `/monitor`, and takes it off before it asks. */
  readonly below?: string;
  /** Leaves that path on. */
  readonly keepsPath?: boolean;
  /** Headers of requests that don't get through, in lower case. */
  readonly without?: readonly string[];
  /** What is asked for in place of a path with its query. */
  readonly rewrite?: (path: string) => string;
}

/** What was asked through it, and how that was answered. */
export interface PassedOn {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
}

export interface ReverseProxy {
  /** Base address, with the path it serves below. */
  readonly url: string;
  readonly passedOn: readonly PassedOn[];
  readonly stop: () => Promise<void>;
}

/** Headers that each side of it has its own of. */
const OF_CONNECTION = ['connection', 'keep-alive', 'upgrade', 'transfer-encoding'];

function except(headers: IncomingHttpHeaders, names: readonly string[]): IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** Starts a proxy on a free port. */
export async function startReverseProxy(options: ReverseProxyOptions): Promise<ReverseProxy> {
  const { target, host, dropsUpgrades = false, below = '', keepsPath = false, without = [] } = options;
  const rewrite = options.rewrite ?? ((path: string) => path);
  const passedOn: PassedOn[] = [];
  const upgraded = new Set<Duplex>();

  function ask({ method = 'GET', url = '/', headers }: IncomingMessage, more: IncomingHttpHeaders) {
    const path = keepsPath || !url.startsWith(below) ? url : url.slice(below.length) || '/';
    const asked = request(new URL(rewrite(path), target), {
      method,
      headers: { ...except(headers, [...OF_CONNECTION, ...without]), host: host ?? headers.host, ...more },
    });
    const note = ({ statusCode = 0 }: IncomingMessage): void => {
      passedOn.push({ method, path: url, headers, status: statusCode });
    };
    return asked.on('response', note).on('upgrade', note);
  }

  function relay(asking: IncomingMessage, answering: ServerResponse): void {
    const asked = ask(asking, {});
    asked.on('response', (answer) => {
      answering.writeHead(answer.statusCode ?? 502, except(answer.headers, OF_CONNECTION));
      answering.flushHeaders();
      answer.pipe(answering);
      answer.on('error', () => answering.destroy());
    });
    asked.on('error', () => {
      if (answering.headersSent) answering.destroy();
      else answering.writeHead(502).end();
    });
    answering.on('close', () => asked.destroy());
    asking.pipe(asked);
  }

  function relayUpgrade(asking: IncomingMessage, near: Duplex, head: Buffer): void {
    upgraded.add(near.on('close', () => upgraded.delete(near)));
    const asked = ask(asking, { connection: 'Upgrade', upgrade: asking.headers.upgrade });
    const write = ({ statusCode = 0, statusMessage = '', rawHeaders }: IncomingMessage): void => {
      const lines = rawHeaders.map((text, index) => (index % 2 === 0 ? `${text}: ` : `${text}\r\n`));
      near.write(`HTTP/1.1 ${statusCode} ${statusMessage}\r\n${lines.join('')}\r\n`);
    };
    asked.on('upgrade', (answer, far, first) => {
      write(answer);
      near.write(first);
      far.write(head);
      far.pipe(near).pipe(far);
      far.on('error', () => near.destroy());
      near.on('close', () => far.destroy());
    });
    asked.on('response', (answer) => {
      write(answer);
      answer.pipe(near);
    });
    for (const side of [asked, near]) side.on('error', () => near.destroy());
    asked.end();
  }

  const server = createServer(relay);
  // Without a listener Node answers such requests as any others.
  if (!dropsUpgrades) server.on('upgrade', relayUpgrade);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${below}`,
    passedOn,
    stop: async () => {
      for (const socket of upgraded) socket.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
