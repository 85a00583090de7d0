import { once } from 'node:events';
import { WebSocket, type ClientOptions } from 'ws';
import { atEnd } from '../../bench.ts';

export interface TestClient {
  readonly socket: WebSocket;
  /** Every message so far, as text. */
  readonly messages: string[];
  /** The same, in short: `main 5` and `main connections 5` for a tick, `main stale` and `main fresh` for a status. */
  readonly short: () => string[];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
}

interface ReceivedHead {
  readonly type: string;
  readonly server?: string;
  readonly seq?: number;
  readonly stale?: boolean;
}

/** The members before the array, without a look at the array, which may be large. */
function headIn(json: string): ReceivedHead {
  const marker = /,"(streams|connections)":\[/.exec(json.slice(0, 1_000));
  return JSON.parse(marker === null ? json : `${json.slice(0, marker.index)}}`) as ReceivedHead;
}

function shorten(json: string): string {
  const { type, server = '', seq = '', stale } = headIn(json);
  if (type === 'streams') return `${server} ${seq}`;
  if (type === 'connections') return `${server} connections ${seq}`;
  return type === 'status' ? `${server} ${stale === true ? 'stale' : 'fresh'}` : type;
}

/** Connects and waits until the socket is open. Takes no compression unless told to. */
export async function connectClient(
  url: string,
  query = '',
  { protocols, ...options }: ClientOptions & { readonly protocols?: string[] } = {},
): Promise<TestClient> {
  const address = `${url.replace('http', 'ws')}/ws${query}`;
  const socket = new WebSocket(address, protocols, { perMessageDeflate: false, ...options });
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
