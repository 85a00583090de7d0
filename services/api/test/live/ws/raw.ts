import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { atEnd } from '../../bench.ts';
import { OPCODES, type ServerFrame, splitFrames } from './frames.ts';

export interface RawClient {
  readonly socket: Socket;
  /** Status line and headers of the answer, as they came. */
  readonly head: string;
  /** Everything that came behind the head. */
  readonly received: () => Buffer;
  readonly frames: () => ServerFrame[];
  /** Code of the close frame, once it came. */
  readonly closeCode: () => number | undefined;
  /** Resolves when the connection is gone. */
  readonly gone: Promise<void>;
}

export interface RawOptions {
  readonly path?: string;
  readonly method?: string;
  /** On top of a right handshake; `null` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly allowHalfOpen?: boolean;
}

const HANDSHAKE = {
  Connection: 'Upgrade',
  Upgrade: 'websocket',
  'Sec-WebSocket-Version': '13',
  'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};
const HEAD_END = '\r\n\r\n';

/** Bytes of an upgrade request. */
export function handshake(
  port: number,
  { path = '/ws', method = 'GET', headers = {} }: RawOptions = {},
): string {
  const all: Readonly<Record<string, string | null>> = {
    Host: `127.0.0.1:${port}`,
    ...HANDSHAKE,
    ...headers,
  };
  const lines = Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [`${method} ${path} HTTP/1.1`, ...lines, '', ''].join('\r\n');
}

/** Asks for a WebSocket over a bare connection, and waits for the answer's head. */
export async function connectRaw(url: string, options: RawOptions = {}): Promise<RawClient> {
  const port = Number(new URL(url).port);
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: options.allowHalfOpen ?? false });
  atEnd(() => {
    socket.destroy();
  });
  socket.on('error', () => undefined);
  const chunks: Buffer[] = [];
  const all = (): Buffer => Buffer.concat(chunks);
  const gone = new Promise<void>((resolve) => {
    socket.once('close', () => {
      resolve();
    });
  });
  const answered = new Promise<void>((resolve) => {
    const look = (): void => {
      if (!all().includes(HEAD_END)) return;
      socket.off('data', look);
      resolve();
    };
    socket.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
    });
    socket.on('data', look);
  });
  await once(socket, 'connect');
  socket.write(handshake(port, options));
  await Promise.race([answered, gone]);
  const headEnd = all().indexOf(HEAD_END);
  if (headEnd === -1) throw new Error('no answer');
  const received = (): Buffer => all().subarray(headEnd + HEAD_END.length);
  const frames = (): ServerFrame[] => splitFrames(received()).frames;
  const closeCode = (): number | undefined =>
    frames()
      .find(({ opcode }) => opcode === OPCODES.close)
      ?.payload.readUInt16BE();
  return { socket, head: all().subarray(0, headEnd).toString(), received, frames, closeCode, gone };
}
