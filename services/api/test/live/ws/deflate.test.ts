import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { eventually } from '@mediamtx-monitor/testkit';
import { takesDeflated } from '../../../src/live/ws/sockets.ts';
import { connectClient } from './client.ts';
import { clientFrame, OPCODES } from './frames.ts';
import { connectRaw } from './raw.ts';
import { serving } from './serving.ts';

describe('compressed frames are for clients', () => {
  const answer = (extensions: string): string[] => [
    'HTTP/1.1 101 Switching Protocols',
    `Sec-WebSocket-Extensions: ${extensions}`,
  ];

  test.each([
    ['permessage-deflate', true],
    ['permessage-deflate; server_no_context_takeover; client_no_context_takeover', true],
    ['permessage-deflate; server_max_window_bits=15', true],
    ['permessage-deflate; server_max_window_bits=12; server_no_context_takeover', true],
    ['permessage-deflate; server_max_window_bits=11', false],
    ['permessage-deflate; client_max_window_bits=8', true],
    ['permessage-deflate; client_max_window_bits=15; server_max_window_bits=8', false],
    ['x-other', false],
  ])('that agreed on %s: %p', (extensions, takes) => {
    expect(takesDeflated(answer(extensions))).toBe(takes);
  });

  test('and not for those that agreed on nothing', () => {
    expect(takesDeflated(['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket'])).toBe(false);
  });
});

describe('a client', () => {
  test.each([
    ['that offers it gets compressed ticks', 'permessage-deflate', true],
    ['that lets the server choose its own window too', 'permessage-deflate; client_max_window_bits', true],
    ['with a window of 12 bits too', 'permessage-deflate; server_max_window_bits=12', true],
    ['with a smaller window gets plain ones', 'permessage-deflate; server_max_window_bits=10', false],
    ['without it too', null, false],
    ['with another extension too', 'x-webkit-deflate-frame', false],
  ])('%s', async (_, extensions, isDeflated) => {
    const { url, publish } = await serving(['main']);
    const client = await connectRaw(url, { headers: { 'Sec-WebSocket-Extensions': extensions } });
    expect(client.head).toMatch(/^HTTP\/1\.1 101 /);
    const forms = (): boolean[] => client.frames().map((frame) => frame.isDeflated);
    await eventually(() => {
      expect(forms()).toStrictEqual([isDeflated, false]);
    });
    await publish('main', 2);
    await eventually(() => {
      expect(forms()).toStrictEqual([isDeflated, false, isDeflated]);
    });
  });

  test('is asked to keep no context, and the server keeps none', async () => {
    const { url } = await serving();
    const headers = { 'Sec-WebSocket-Extensions': 'permessage-deflate; client_max_window_bits' };
    const { head } = await connectRaw(url, { headers });
    expect(head).toContain('server_no_context_takeover; client_no_context_takeover');
  });

  test('understands compressed and plain messages side by side', async () => {
    const { url, publish, sent } = await serving(['main']);
    const client = await connectClient(url, '?topics=streams', { perMessageDeflate: true });
    expect(client.socket.extensions).toBe('permessage-deflate');
    await eventually(() => {
      expect(client.short()).toStrictEqual(['main 1', 'main fresh']);
    });
    sent.push(await publish('main', 2));
    await eventually(() => {
      expect(client.messages.filter((message) => message.includes('"streams":['))).toStrictEqual(sent);
    });
  });

  test('may compress what it sends', async () => {
    const { url } = await serving(['b', 'main']);
    const client = await connectClient(url, '?server=b', { perMessageDeflate: { threshold: 0 } });
    const subscribe = { action: 'subscribe', server: 'main' };
    for (const round of [1, 2]) {
      client.socket.send(JSON.stringify(subscribe));
      await eventually(() => {
        expect(client.short().slice(2 * round)).toStrictEqual(['main 1', 'main fresh']);
      });
    }
  });

  test('that sends a little that inflates to a lot is cut off', async () => {
    const { url } = await serving();
    const client = await connectClient(url, '', { perMessageDeflate: { threshold: 0 } });
    client.socket.send('x'.repeat(1_000_000));
    expect(await client.closed).toBe(1009);
  });

  test.each([
    ['in one frame', 16_000],
    ['in many', 1_000],
  ])('that sends a bomb %s is cut off before it is inflated', async (_, frameBytes) => {
    const { url, sockets } = await serving(['main']);
    const quiet = await connectClient(url);
    const client = await connectRaw(url, {
      path: '/ws?server=none',
      headers: { 'Sec-WebSocket-Extensions': 'permessage-deflate' },
    });
    // 15 MB of zeros, and then what can't be inflated: whoever gets that far finds another mistake.
    const zeros = deflateRawSync(Buffer.alloc(15_000_000), { finishFlush: constants.Z_SYNC_FLUSH });
    const bomb = Buffer.concat([zeros, Buffer.alloc(100, 0xff)]);
    expect(bomb.length).toBeLessThan(16_000);
    for (let at = 0; at < bomb.length; at += frameBytes) {
      const payload = bomb.subarray(at, at + frameBytes);
      const isLast = at + frameBytes >= bomb.length;
      const kind = at === 0 ? { opcode: OPCODES.text, reserved: 4 } : { opcode: OPCODES.continuation };
      client.socket.write(clientFrame({ ...kind, payload, isLast }));
    }
    await eventually(() => {
      expect(client.closeCode()).toBe(1009);
      expect(sockets.stats.clients).toBe(1);
    });
    expect(quiet.short()).toStrictEqual(['main 1', 'main fresh']);
  });

  test('that calls plain bytes compressed is cut off', async () => {
    const { url } = await serving();
    const headers = { 'Sec-WebSocket-Extensions': 'permessage-deflate' };
    const client = await connectRaw(url, { headers });
    client.socket.write(clientFrame({ opcode: OPCODES.text, payload: 'not deflate', reserved: 4 }));
    await eventually(() => {
      expect(client.closeCode()).toBe(1007);
    });
  });
});
