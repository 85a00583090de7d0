import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import { constants, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import fc from 'fast-check';
import { type WebSocket, WebSocketServer } from 'ws';
import { Compressions } from '../../src/tick/compressions.ts';
import { DEFLATE_WINDOW_BITS, Message } from '../../src/tick/message.ts';
import { atEnd } from '../bench.ts';
import { splitFrames } from '../live/ws/frames.ts';
import { connectClient } from '../live/ws/client.ts';
import { handshake } from '../live/ws/raw.ts';

/** Where the form of the length changes, and its neighbours. */
const LENGTHS = [0, 1, 125, 126, 127, 65_535, 65_536, 65_537];

const NOTHING = Buffer.alloc(0);
const messageOf = (payload: Buffer): Message => new Message({ type: 'streams', parts: [payload] });
const textFrame = (payload: Buffer): Buffer => messageOf(payload).frame ?? NOTHING;

async function deflatedTextFrame(payload: Buffer): Promise<Buffer> {
  const message = messageOf(payload);
  await new Promise<void>((resolve) => {
    message.deflate(new Compressions(), { isWaiting: () => true, onDone: resolve });
  });
  return message.deflatedFrame ?? NOTHING;
}

function textOf(bytes: number): string {
  return 'ä'.repeat(bytes >> 1) + 'x'.repeat(bytes % 2);
}

/** A plain ws server that does this to whoever connects. */
async function serve(greet: (webSocket: WebSocket, write: (bytes: Buffer) => void) => void): Promise<string> {
  const server = new WebSocketServer({
    port: 0,
    host: '127.0.0.1',
    perMessageDeflate: { threshold: Infinity },
  });
  server.on('connection', (webSocket, { socket }) => {
    greet(webSocket, (bytes) => socket.write(bytes));
  });
  atEnd(() => {
    for (const webSocket of server.clients) webSocket.terminate();
    server.close();
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Undoes what RFC 7692 says of a message, with a window as small as ours. */
function inflate(payload: Buffer): Buffer {
  return inflateRawSync(Buffer.concat([payload, Buffer.from([0, 0, 0xff, 0xff])]), {
    windowBits: DEFLATE_WINDOW_BITS,
    finishFlush: constants.Z_SYNC_FLUSH,
  });
}

describe('a plain frame', () => {
  test.each(LENGTHS)('of %d bytes is what ws sends', async (length) => {
    const payload = Buffer.alloc(length, 'x');
    const url = await serve((webSocket) => {
      webSocket.send(payload, { binary: false });
    });
    const port = Number(new URL(url).port);
    const socket = connect(port, '127.0.0.1');
    atEnd(() => {
      socket.destroy();
    });
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.write(handshake(port));
    const frame = textFrame(payload);
    await eventually(() => {
      const all = Buffer.concat(chunks);
      expect(all.subarray(all.indexOf('\r\n\r\n') + 4).equals(frame)).toBe(true);
    });
  });

  test.each(LENGTHS)('of %d bytes is what a ws client understands', async (length) => {
    const text = textOf(length);
    const url = await serve((_, write) => {
      write(textFrame(Buffer.from(text)));
      write(textFrame(Buffer.from('next')));
    });
    const client = await connectClient(url);
    await eventually(() => {
      expect(client.messages).toStrictEqual([text, 'next']);
    });
  });
});

describe('a compressed frame', () => {
  test.each(LENGTHS)('of %d bytes is what a ws client understands', async (length) => {
    const text = textOf(length);
    const frame = await deflatedTextFrame(Buffer.from(text));
    const url = await serve((_, write) => {
      write(frame);
      write(textFrame(Buffer.from('next')));
      write(frame);
    });
    const client = await connectClient(url, '', { perMessageDeflate: true });
    await eventually(() => {
      expect(client.messages).toStrictEqual([text, 'next', text]);
    });
  });

  test('is much smaller, stands alone, and needs no more than the small window', async () => {
    const record = (i: number): string => `{"name":"camera-${i}","sourceType":"srtConn","tracks":["H264"]}`;
    const payload = Buffer.from(Array.from({ length: 2_000 }, (_, i) => record(i)).join());
    const bytes = await deflatedTextFrame(payload);
    expect(bytes.length).toBeLessThan(payload.length / 6);
    const { frames, rest } = splitFrames(bytes);
    expect(rest).toHaveLength(0);
    expect(frames).toMatchObject([{ opcode: 1, isDeflated: true }]);
    expect(inflate(frames[0]?.payload ?? Buffer.alloc(0)).equals(payload)).toBe(true);
  });

  test('of any bytes comes out as it went in', async () => {
    const check = async (bytes: Uint8Array): Promise<void> => {
      const payload = Buffer.from(bytes);
      const { frames } = splitFrames(await deflatedTextFrame(payload));
      expect(inflate(frames[0]?.payload ?? Buffer.alloc(0)).equals(payload)).toBe(true);
      const plain = { opcode: 1, isLast: true, isDeflated: false, payload };
      expect(splitFrames(textFrame(payload)).frames).toStrictEqual([plain]);
    };
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 1_000, size: 'max' }), check), {
      numRuns: 200,
    });
  });
});
