import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { atEnd } from '../bench.ts';
import { DAY_MS, inMs, SILENCE, startChanges } from './start-changes.ts';

describe('a silence that is not as it should be', () => {
  test.each<[string, unknown]>([
    ['selects nothing', { comment: 'x', until: SILENCE.until }],
    ['has no comment', { ...SILENCE, comment: undefined }],
    ['has an empty comment', { ...SILENCE, comment: ' ' }],
    ['has a comment too long', { ...SILENCE, comment: 'x'.repeat(501) }],
    ['has a comment of several lines', { ...SILENCE, comment: 'a\nb' }],
    ['has a comment with an escape', { ...SILENCE, comment: 'a\u001b[31m' }],
    ['has no end', { ...SILENCE, until: undefined }],
    ['ends at no time', { ...SILENCE, until: 'tomorrow' }],
    ['ended already', { ...SILENCE, until: inMs(-60_000) }],
    ['holds for too long', { ...SILENCE, until: inMs(30 * DAY_MS + 60_000) }],
    ['has a member too many', { ...SILENCE, author: 'someone' }],
    ['has an id', { ...SILENCE, id: 's1' }],
    ['has a server that is none', { ...SILENCE, server: 'My Server' }],
    ['has a glob of stars', { ...SILENCE, stream: '*a'.repeat(17) }],
    ['has a reason that is none', { ...SILENCE, reason: 'bad-mood' }],
    ['has null for all', { ...SILENCE, server: null }],
    ['is a list', [SILENCE]],
    ['is a text', '"silence"'],
    ['is nothing', ''],
    ['is null', 'null'],
    ['is no JSON', '{"comment":'],
    ['hides a member', '{"__proto__":{"server":"main"},"comment":"x","until":"2027-01-01T00:00:00Z"}'],
    ['is nested deep', '['.repeat(1_500) + ']'.repeat(1_500)],
    ['is no UTF-8', Buffer.from(JSON.stringify({ ...SILENCE, comment: 'ä' }), 'latin1')],
  ])('%s: it is refused in words, and nothing is asked of the alerter', async (_what, body) => {
    const { ask, commands, lines } = await startChanges();
    const answer = await ask({ body });
    expect([answer.status, answer.body.code]).toStrictEqual([400, 'invalid-body']);
    expect(answer.body.detail?.length).toBeLessThan(300);
    expect(await commands()).toStrictEqual([]);
    expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });

  test('that lasts for so long: its end is a time', async () => {
    const { ask } = await startChanges();
    expect((await ask({ body: { ...SILENCE, until: '2h' } })).body.detail).toMatch(
      /"until" is no time; allowed: one as in 2026-11-29T22:00:00Z/,
    );
  });

  test.each([
    ['is of no type', { 'Content-Type': 'text/plain' }, 415],
    [
      'is a form, as a page of elsewhere can send',
      { 'Content-Type': 'application/x-www-form-urlencoded' },
      415,
    ],
    ['is nearly of the type', { 'Content-Type': 'application/jsonp' }, 415],
    ['is compressed', { 'Content-Encoding': 'gzip' }, 415],
    ['is in another code', { 'Content-Type': 'application/json; charset=iso-8859-1' }, 415],
  ])('%s', async (_what, headers, status) => {
    const { ask, commands } = await startChanges();
    expect((await ask({ headers })).status).toBe(status);
    expect(await commands()).toStrictEqual([]);
  });

  test('may have 4096 bytes, and not one more', async () => {
    const { ask } = await startChanges();
    const json = JSON.stringify(SILENCE);
    expect((await ask({ body: json.padEnd(4_096) })).status).toBe(202);
    expect(await ask({ body: json.padEnd(4_097) })).toMatchObject({
      status: 413,
      body: { code: 'body-too-large' },
    });
  });
});

/** A connection that sends this head, and keeps what it receives. */
async function send(url: string, header: string) {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  atEnd(() => {
    socket.destroy();
  });
  let received = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => (received += data.toString()));
  await once(socket, 'connect');
  const head = ['POST /api/silences HTTP/1.1', 'Host: localhost', 'Authorization: Bearer ops'];
  socket.write([...head, 'Content-Type: application/json', header, '', ''].join('\r\n'));
  return { socket, received: () => received };
}

describe('a body that takes its time, or has no end', () => {
  test('is answered with 408, and its connection closed', async () => {
    const { url, commands, api } = await startChanges({ headersTimeoutMs: 200 });
    const { socket, received } = await send(url, 'Content-Length: 100');
    socket.write('{"comment":');
    await once(socket, 'close');
    expect(received()).toMatch(/^HTTP\/1\.1 408 [^]*\r\nConnection: close\r\n[^]*request-timeout/);
    expect(received().match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(await commands()).toStrictEqual([]);
    expect(api.feed.hasContact).toBe(true);
  });

  test.each(['Transfer-Encoding: chunked', 'Content-Length: 1000000000'])(
    'is not read to its end: %s',
    async (header) => {
      const { url, commands } = await startChanges();
      const { socket, received } = await send(url, header);
      const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`;
      let sent = 0;
      while (!socket.destroyed && sent < 1e9) {
        sent += chunk.length;
        if (!socket.write(chunk)) await delay(1);
      }
      expect(sent).toBeLessThan(100e6);
      expect(received()).toMatch(/^(?:HTTP\/1\.1 413 [^]*)?$/);
      expect(await commands()).toStrictEqual([]);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
    },
  );

  test('is refused before any of it comes, where its head says that it is too long', async () => {
    const { url } = await startChanges();
    const { socket, received } = await send(url, 'Content-Length: 4097');
    await once(socket, 'close');
    expect(received()).toMatch(/^HTTP\/1\.1 413 [^]*body-too-large/);
  });

  test('whose client leaves in the midst of it costs nothing', async () => {
    const { url, ask, lines } = await startChanges();
    for (let n = 0; n < 20; n += 1) {
      const { socket } = await send(url, 'Content-Length: 100');
      socket.write('{"comm');
      socket.destroy();
      await once(socket, 'close');
    }
    expect((await ask()).status).toBe(202);
    expect(lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });
});
