import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { CLOSE_CODES } from '@mediamtx-monitor/types';
import fc from 'fast-check';
import { connectClient } from './client.ts';
import { clientFrame, OPCODES } from './frames.ts';
import { connectRaw } from './raw.ts';
import { startSockets } from './server.ts';
import { serving } from './serving.ts';

const { text, binary, continuation, close, ping } = OPCODES;
const piece = clientFrame({ opcode: text, payload: 'x', isLast: false });

describe('frames against the protocol end the connection with the code of RFC 6455', () => {
  test.each([
    ['not masked', [clientFrame({ opcode: text, payload: '{}', isMasked: false })], 1002],
    ['RSV1 without compression', [clientFrame({ opcode: text, payload: '{}', reserved: 4 })], 1002],
    ['RSV2', [clientFrame({ opcode: text, payload: '{}', reserved: 2 })], 1002],
    ['RSV3', [clientFrame({ opcode: ping, reserved: 1 })], 1002],
    ['an unknown opcode', [clientFrame({ opcode: 3 })], 1002],
    ['an unknown control opcode', [clientFrame({ opcode: 11 })], 1002],
    ['a piece of nothing', [clientFrame({ opcode: continuation, payload: 'x' })], 1002],
    ['a message within a message', [piece, clientFrame({ opcode: text })], 1002],
    ['a ping in pieces', [clientFrame({ opcode: ping, isLast: false })], 1002],
    ['a ping that is too long', [clientFrame({ opcode: ping, payload: 'x'.repeat(126) })], 1002],
    ['a close of one byte', [clientFrame({ opcode: close, payload: 'x' })], 1002],
    [
      'a close with a code that is none',
      [clientFrame({ opcode: close, payload: Buffer.from([0, 1]) })],
      1002,
    ],
    ['text that is not UTF-8', [clientFrame({ opcode: text, payload: Buffer.from([0xc3, 0x28]) })], 1007],
    [
      'text that is not UTF-8 across pieces',
      [piece, clientFrame({ opcode: continuation, payload: Buffer.from([0xff]) })],
      1007,
    ],
    ['a length of 2^63', [Buffer.from([0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0])], 1009],
    ['a length of 16 KiB and a byte', [Buffer.from([0x82, 0xfe, 0x40, 0x01])], 1009],
    [
      'pieces that are more than 16 KiB together',
      [piece, clientFrame({ opcode: continuation, payload: 'x'.repeat(16 * 1024) })],
      1009,
    ],
    [
      'more pieces than anyone needs',
      [piece, ...Array.from({ length: 64 }, () => clientFrame({ opcode: continuation, isLast: false }))],
      1008,
    ],
    ['binary', [clientFrame({ opcode: binary, payload: '{"action":"subscribe"}' })], CLOSE_CODES.badMessage],
  ])('%s', async (_, frames, code) => {
    const { url, lines } = await startSockets();
    const client = await connectRaw(url);
    client.socket.write(Buffer.concat(frames));
    await eventually(() => {
      expect(client.closeCode()).toBe(code);
    });
    // Nothing comes after the close frame.
    expect(client.frames().at(-1)?.opcode).toBe(close);
    expect(lines.filter((line) => /^(warn|error)/.test(line))).toStrictEqual([]);
  });
});

test('a message of exactly 16 KiB is read', async () => {
  const { url } = await serving(['main']);
  const client = await connectClient(url, '?server=none');
  const message = JSON.stringify({ action: 'subscribe' }).padEnd(16 * 1024, ' ');
  client.socket.send(message);
  await eventually(() => {
    expect(client.short()).toStrictEqual(['main 1', 'main fresh']);
  });
});

test('a frame that comes byte by byte is read, and one that never ends costs nothing', async () => {
  const { url, sockets } = await serving(['main']);
  const client = await connectRaw(url, { path: '/ws?server=none' });
  for (const byte of clientFrame({ opcode: text, payload: '{"action":"subscribe"}' })) {
    client.socket.write(Buffer.from([byte]));
  }
  await eventually(() => {
    expect(client.frames()).toHaveLength(2);
  });
  client.socket.write(clientFrame({ opcode: text, payload: 'x'.repeat(1_000) }).subarray(0, 500));
  client.socket.destroy();
  await eventually(() => {
    expect(sockets.stats.clients).toBe(0);
  });
});

test('whatever a client sends harms nobody else', async () => {
  const { url, publish, connections, entries, lines } = await serving(['main']);
  const other = await connectClient(url);
  const payload = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.json().map((json) => Buffer.from(json)),
  );
  const frame = fc
    .record({
      opcode: fc.nat({ max: 15 }),
      payload,
      isLast: fc.boolean(),
      reserved: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, fc.nat({ max: 7 })),
      isMasked: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.boolean()),
    })
    .map((parts) => clientFrame({ ...parts, payload: Buffer.from(parts.payload) }));
  const bytes = fc.array(fc.oneof(frame, fc.uint8Array({ maxLength: 50 })), { maxLength: 12 });
  const extensions = fc.constantFrom('permessage-deflate', 'none');
  const check = async (parts: Uint8Array[], extension: string): Promise<void> => {
    const client = await connectRaw(url, { headers: { 'Sec-WebSocket-Extensions': extension } });
    client.socket.end(Buffer.concat(parts));
    await client.gone;
  };
  await fc.assert(fc.asyncProperty(bytes, extensions, check), { numRuns: 200 });
  await eventually(() => {
    expect(connections.size).toBe(1);
    expect(entries().left).toBe(entries().entered - 1);
  });
  await publish('main', 2);
  await eventually(() => {
    expect(other.short()).toStrictEqual(['main 1', 'main fresh', 'main 2']);
  });
  expect(lines.filter((line) => /^(warn|error)/.test(line))).toStrictEqual([]);
});
