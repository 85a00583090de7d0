import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { eventually } from '@mediamtx-monitor/testkit';
import { headOf, streamOf } from '../publisher.ts';
import { startApi } from '../started-api.ts';
import { connectClient } from '../live/ws/client.ts';
import { clientFrame } from '../live/ws/frames.ts';
import { connectRaw } from '../live/ws/raw.ts';

const RUNS = 300;
const DEADLINE_MS = 20_000;

const subscribe = fc
  .record(
    {
      action: fc.constantFrom('subscribe', 'unsubscribe', null),
      topics: fc.oneof(fc.constantFrom(['streams'], ['connections'], []), fc.anything()),
      server: fc.oneof(fc.constantFrom('main', 'nobody'), fc.anything()),
      stream: fc.oneof(fc.constantFrom('*', '****', '['), fc.string({ unit: 'binary' })),
    },
    { requiredKeys: [] },
  )
  .map((message) => Buffer.from(JSON.stringify(message)));

const frame = fc
  .record({
    opcode: fc.integer({ min: 0, max: 15 }),
    isLast: fc.boolean(),
    reserved: fc.constantFrom(0, 0, 0, 4, 1, 7),
    isMasked: fc.constantFrom(true, true, true, false),
    payload: fc.oneof(
      subscribe,
      fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
    ),
  })
  .map(clientFrame);

const extensions = fc.constantFrom(
  null,
  'permessage-deflate',
  'permessage-deflate; server_max_window_bits=9; client_max_window_bits',
  'permessage-deflate; client_no_context_takeover; server_no_context_takeover',
);

test('whatever frames a client sends, it is served or sent away, and the others never notice', async () => {
  const { url, api, publisher, lines } = await startApi();
  await publisher.publish(headOf(), [streamOf('a'), streamOf('b/c')]);
  const witness = await connectClient(url);
  await fc.assert(
    fc.asyncProperty(extensions, fc.array(frame, { minLength: 1, maxLength: 6 }), async (offered, frames) => {
      const client = await connectRaw(url, { headers: { 'Sec-WebSocket-Extensions': offered } });
      expect(client.head).toContain(' 101 ');
      client.socket.end(Buffer.concat(frames));
      await client.gone;
    }),
    { numRuns: RUNS },
  );
  await publisher.publish(headOf({ seq: 2 }));
  await eventually(() => {
    expect(witness.short()).toContain('main 2');
    expect(api.sockets.stats.clients).toBe(1);
  }, DEADLINE_MS);
  expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
});

test('any subprotocols and extensions are taken or refused in words', async () => {
  const { url, api } = await startApi();
  const printable = fc.string({
    unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  });
  const offered = fc.oneof(
    printable,
    fc.array(printable).map((all) => all.join(', ')),
    fc.constantFrom('mediamtx-monitor.v1', 'bearer.x', 'bearer.', 'mediamtx-monitor.v1, mediamtx-monitor.v1'),
  );
  await fc.assert(
    fc.asyncProperty(offered, offered, async (protocols, extension) => {
      const client = await connectRaw(url, {
        headers: { 'Sec-WebSocket-Protocol': protocols, 'Sec-WebSocket-Extensions': extension },
      });
      expect(client.head).toMatch(/^HTTP\/1\.1 (101|400) /);
      expect(client.head).not.toContain('bearer');
      client.socket.destroy();
    }),
    { numRuns: RUNS },
  );
  await eventually(() => {
    expect(api.sockets.stats.clients).toBe(0);
  }, DEADLINE_MS);
});
