import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import { atEnd } from '../bench.ts';

export interface TestClient {
  readonly socket: WebSocket;
  /** Every message so far, as text. */
  readonly messages: string[];
  /** The same, in short: `main 5` for a tick, `main stale` and `main fresh` for a status. */
  readonly short: () => string[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
}

interface Message {
  readonly type: string;
  readonly server?: string;
  readonly seq?: number;
  readonly stale?: boolean;
}

function shorten(json: string): string {
  const message = JSON.parse(json) as Message;
  if (message.type === 'streams') return `${message.server ?? ''} ${message.seq ?? ''}`;
  if (message.type === 'status')
    return `${message.server ?? ''} ${message.stale === true ? 'stale' : 'fresh'}`;
  return message.type;
}

/** Connects and waits until the socket is open. */
export async function connectClient(
  url: string,
  query = '',
  options: ClientOptions = {},
): Promise<TestClient> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws${query}`, options);
  const messages: string[] = [];
  socket.on('message', (data, isBinary) => {
    if (isBinary || !Buffer.isBuffer(data)) throw new Error('not a text frame');
    messages.push(data.toString());
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  atEnd(() => {
    socket.terminate();
  });
  await once(socket, 'open');
  socket.on('error', () => undefined);
  return { socket, messages, short: () => messages.map(shorten), closed };
}
